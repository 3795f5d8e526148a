import type { MediaTrack } from '../access-unit.ts';
import { readBoxes } from '../packaging/mp4-boxes.ts';

/** How a track is set up in an init segment of ours. */
export interface StoredTrack {
  readonly kind: MediaTrack['kind'];
  readonly timescale: number;
  readonly width: number;
  readonly height: number;
  /** The whole box inside `stsd`. */
  readonly entry: Buffer;
}

const inside = (bytes: Buffer, type: string): Buffer =>
  [...readBoxes(bytes)].find((each) => each.type === type)?.body ?? Buffer.alloc(0);

function readTrack(trak: Buffer): StoredTrack | null {
  const header = inside(trak, 'tkhd');
  const media = inside(trak, 'mdia');
  const descriptions = inside(inside(inside(media, 'minf'), 'stbl'), 'stsd');
  const mediaHeader = inside(media, 'mdhd');
  if (header.length < 96 || mediaHeader.length < 24 || descriptions.length < 16) return null;
  return {
    kind: inside(media, 'hdlr').toString('latin1', 8, 12) === 'vide' ? 'video' : 'audio',
    timescale: mediaHeader.readUInt32BE(20),
    width: header.readUInt16BE(88),
    height: header.readUInt16BE(92),
    entry: descriptions.subarray(8),
  };
}

/** The tracks of `init-<n>.mp4`; none where it is lost. */
export function readInit(bytes: Buffer | null): readonly StoredTrack[] {
  if (!bytes) return [];
  return [...readBoxes(inside(bytes, 'moov'))].flatMap(({ type, body }) =>
    type === 'trak' ? (readTrack(body) ?? []) : [],
  );
}
