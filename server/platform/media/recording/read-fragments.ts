import type { MediaTrack } from '../access-unit.ts';
import { readBoxes } from '../packaging/mp4-boxes.ts';
import { trackIds } from '../packaging/write-movie.ts';

export interface StoredSample {
  readonly kind: MediaTrack['kind'];
  /** In the timescale of its track, as is `duration`. */
  readonly dts: number;
  readonly duration: number;
  readonly offset: number;
  readonly isKey: boolean;
  /** Where its bytes are in the segment. */
  readonly position: number;
  readonly size: number;
}

const kindOf = (id: number): MediaTrack['kind'] => (id === trackIds.video ? 'video' : 'audio');
const isNotSync = 0x00010000;

/** Samples of one `traf` of ours: every row of its `trun` has all four fields. */
function readTraf(body: Buffer, moofStart: number): StoredSample[] {
  const samples: StoredSample[] = [];
  let kind: MediaTrack['kind'] = 'video';
  let dts = 0;
  for (const { type, body: inner } of readBoxes(body)) {
    if (type === 'tfhd') kind = kindOf(inner.readUInt32BE(4));
    if (type === 'tfdt') dts = Number(inner.readBigUInt64BE(4));
    if (type !== 'trun') continue;
    let position = moofStart + inner.readInt32BE(8);
    for (let row = 12; row + 16 <= inner.length; row += 16) {
      const duration = inner.readUInt32BE(row);
      const size = inner.readUInt32BE(row + 4);
      const isKey = (inner.readUInt32BE(row + 8) & isNotSync) === 0;
      samples.push({ kind, dts, duration, offset: inner.readInt32BE(row + 12), isKey, position, size });
      dts += duration;
      position += size;
    }
  }
  return samples;
}

/** The samples of a segment that our own packager wrote, in the order in which their bytes stand. */
export function readFragments(segment: Buffer): readonly StoredSample[] {
  const samples: StoredSample[] = [];
  for (const { type, body, start } of readBoxes(segment))
    if (type === 'moof')
      for (const inner of readBoxes(body))
        if (inner.type === 'traf') samples.push(...readTraf(inner.body, start));
  return samples.filter(({ position, size }) => position + size <= segment.length);
}
