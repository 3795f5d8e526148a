import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import type { Admit, PublishAnswer, Publisher } from '../../../../server/platform/media/publishing.ts';

export interface Collected {
  readonly publishers: Publisher[];
  readonly tracks: MediaTrack[];
  readonly units: (AccessUnit & { readonly at: number })[];
  readonly closed: ('finished' | 'lost')[];
  dropped: number;
}

/** Lets everybody in, or answers with `refusal`, and keeps what comes. */
export function collectingAdmit(refusal?: Extract<PublishAnswer, { ok: false }>) {
  const collected: Collected = { publishers: [], tracks: [], units: [], closed: [], dropped: 0 };
  const admit: Admit = (publisher) => {
    collected.publishers.push(publisher);
    if (refusal) return Promise.resolve(refusal);
    let isClosed = false;
    return Promise.resolve({
      ok: true,
      input: {
        track: (track) => void collected.tracks.push(track),
        unit: (unit) => void collected.units.push({ ...unit, at: performance.now() }),
        dropped: (units) => void (collected.dropped += units),
        close(how) {
          if (!isClosed) collected.closed.push(how);
          isClosed = true;
        },
      },
    });
  };
  return { collected, admit };
}

export const unitsOf = (collected: Collected, kind: AccessUnit['kind']) =>
  collected.units.filter((unit) => unit.kind === kind);
