import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import type { Admit, Publisher } from '../../../../server/platform/media/publishing.ts';

export interface Collected {
  readonly publishers: Publisher[];
  readonly tracks: MediaTrack[];
  readonly units: AccessUnit[];
  readonly closed: ('finished' | 'lost')[];
  dropped: number;
  readonly admit: Admit;
}

/** Lets the key `right` in and keeps what it sends; `taken` is busy; every other key is refused. */
export function collectInputs(): Collected {
  const collected: Collected = {
    publishers: [],
    tracks: [],
    units: [],
    closed: [],
    dropped: 0,
    admit(publisher) {
      collected.publishers.push(publisher);
      if (publisher.credential === 'taken')
        return Promise.resolve({ ok: false, reason: 'busy', message: 'Somebody else publishes here.' });
      if (publisher.credential !== 'right')
        return Promise.resolve({ ok: false, reason: 'refused', message: 'This stream key is not known.' });
      let isOpen = true;
      return Promise.resolve({
        ok: true,
        input: {
          track: (track) => void collected.tracks.push(track),
          unit: (unit) => void collected.units.push(unit),
          dropped: (units) => void (collected.dropped += units),
          close(how) {
            if (isOpen) collected.closed.push(how);
            isOpen = false;
          },
        },
      });
    },
  };
  return collected;
}
