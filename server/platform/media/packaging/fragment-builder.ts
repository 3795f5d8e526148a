import { ticksPerSecond, type AccessUnit, type MediaTrack } from '../access-unit.ts';
import { createSoundClock } from './sound-clock.ts';
import { timescaleOf } from './sample-entry.ts';
import { sameTrack } from './same-track.ts';
import { writeFragment, type Sample } from './write-fragment.ts';

export interface Fragment {
  readonly bytes: Buffer;
  readonly pictures: number;
  readonly hasKey: boolean;
}

/**
 * Gathers units until a part is cut. A picture lasts until the next one, so the newest is held back until that one is
 * there: a guess that is too short makes a browser skip to the next key frame (Media Source Extensions, 3.5.8).
 */
export interface FragmentBuilder {
  layout(tracks: readonly MediaTrack[]): void;
  /** One track more; what was gathered stays. */
  extend(tracks: readonly MediaTrack[]): void;
  add(unit: AccessUnit): void;
  /** The held picture lasts until `ticks`. */
  complete(ticks: number): void;
  /** The held picture lasts this long; nothing follows it soon. */
  settle(duration: number): void;
  /** When the held picture is decoded; null: none is held. */
  readonly heldAt: number | null;
  /** Of all that waits for the next fragment. */
  readonly bytes: number;
  /** Whether a fragment would hold nothing. */
  readonly isEmpty: boolean;
  /** A fragment of all that is complete; of nothing it is one that says so. */
  take(start: number): Fragment;
}

export function createFragmentBuilder(): FragmentBuilder {
  let tracks: readonly MediaTrack[] = [];
  let sound: ReturnType<typeof createSoundClock> | null = null;
  let held: AccessUnit | null = null;
  let sequence = 0;
  let bytes = 0;
  const samples: Record<MediaTrack['kind'], Sample[]> = { video: [], audio: [] };

  function settle(duration: number): void {
    if (!held) return;
    const { dts, pts, isKey, data } = held;
    samples.video.push({ dts, duration: Math.max(1, Math.round(duration)), offset: pts - dts, isKey, data });
    held = null;
  }

  function extend(next: readonly MediaTrack[]): void {
    const audio = next.find((track) => track.kind === 'audio');
    const before = tracks.find(({ kind }) => kind === 'audio');
    if (!audio || !sameTrack(audio, before)) sound = audio ? createSoundClock(audio) : null;
    tracks = next;
  }

  return {
    extend,
    get heldAt() {
      return held?.dts ?? null;
    },
    get bytes() {
      return bytes;
    },
    get isEmpty() {
      return samples.video.length + samples.audio.length === 0;
    },
    layout(next) {
      extend(next);
      samples.video = [];
      samples.audio = [];
      held = null;
      bytes = 0;
    },
    add(unit) {
      bytes += unit.data.length;
      if (unit.kind === 'video') held = unit;
      else if (sound)
        samples.audio.push({
          ...sound.next(unit.dts, unit.data),
          offset: 0,
          isKey: true,
          data: unit.data,
        });
    },
    complete: (ticks) => settle(held ? ticks - held.dts : 0),
    settle,
    take(start) {
      const filled = tracks.filter(({ kind }) => samples[kind].length > 0);
      const shown = filled.length > 0 ? filled : tracks.slice(0, 1);
      const written = writeFragment(
        (sequence += 1),
        shown.map((track) => ({
          kind: track.kind,
          dts: samples[track.kind][0]?.dts ?? Math.round((start * timescaleOf(track)) / ticksPerSecond),
          samples: samples[track.kind],
        })),
      );
      const pictures = samples.video.length;
      const hasKey = tracks.some(({ kind }) => kind === 'video')
        ? samples.video.some(({ isKey }) => isKey)
        : true;
      samples.video = [];
      samples.audio = [];
      bytes = held?.data.length ?? 0;
      return { bytes: written, pictures, hasKey };
    },
  };
}
