import type { MediaTrack } from '../access-unit.ts';
import { box, fullBox, u32, u64 } from './mp4-boxes.ts';
import { trackIds } from './write-movie.ts';

/** A unit that is ready to be written. Times are in the timescale of its track. */
export interface Sample {
  readonly dts: number;
  readonly duration: number;
  /** What is added to `dts` for the time of showing it. */
  readonly offset: number;
  readonly isKey: boolean;
  readonly data: Buffer;
}

export interface FragmentTrack {
  readonly kind: MediaTrack['kind'];
  /** Of the first sample, or where nothing is shown. */
  readonly dts: number;
  readonly samples: readonly Sample[];
}

const baseIsMoof = 0x020000;
const durationIsEmpty = 0x010000;
/** `sample_depends_on` and `sample_is_non_sync_sample` (ISO/IEC 14496-12, 8.8.3.1). */
const keyFlags = 0x02000000;
const otherFlags = 0x01010000;

const trunLength = (samples: readonly Sample[]): number => 20 + samples.length * 16;

function run(samples: readonly Sample[], dataOffset: number): Buffer {
  const rows = Buffer.alloc(samples.length * 16);
  samples.forEach(({ dts, duration, data, isKey, offset }, index) => {
    const at = index * 16;
    // A reader adds durations up: only the last may be what the sample's own is.
    rows.writeUInt32BE((samples[index + 1]?.dts ?? dts + duration) - dts, at);
    rows.writeUInt32BE(data.length, at + 4);
    rows.writeUInt32BE(isKey ? keyFlags : otherFlags, at + 8);
    rows.writeInt32BE(offset, at + 12);
  });
  return fullBox('trun', 1, 0x000f01, u32(samples.length, dataOffset), rows);
}

/** `moof` and `mdat`: the samples of the first track, then those of the second. A track without any shows nothing. */
export function writeFragment(sequence: number, tracks: readonly FragmentTrack[]): Buffer {
  const trafLength = ({ samples }: FragmentTrack) =>
    8 + 16 + 20 + (samples.length > 0 ? trunLength(samples) : 0);
  const moofLength = tracks.reduce((sum, track) => sum + trafLength(track), 8 + 16);
  let dataOffset = moofLength + 8;
  const trafs = tracks.map(({ kind, dts, samples }) => {
    const flags = samples.length > 0 ? baseIsMoof : baseIsMoof | durationIsEmpty;
    const head = [
      fullBox('tfhd', 0, flags, u32(trackIds[kind])),
      fullBox('tfdt', 1, 0, u64(Math.max(0, dts))),
    ];
    if (samples.length === 0) return box('traf', ...head);
    const traf = box('traf', ...head, run(samples, dataOffset));
    for (const { data } of samples) dataOffset += data.length;
    return traf;
  });
  const moof = box('moof', fullBox('mfhd', 0, 0, u32(sequence)), ...trafs);
  return Buffer.concat([
    moof,
    box('mdat', ...tracks.flatMap(({ samples }) => samples.map(({ data }) => data))),
  ]);
}
