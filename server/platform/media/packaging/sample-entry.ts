import type { AudioTrack, MediaTrack, VideoTrack } from '../access-unit.ts';
import { ticksPerSecond } from '../access-unit.ts';
import { box, fullBox, u16, u32, u8 } from './mp4-boxes.ts';

/** Ticks per second of a track in the file: of sound one per sample, so that its frames follow each other exactly. */
export const timescaleOf = (track: MediaTrack): number =>
  track.kind === 'video' ? ticksPerSecond : track.codec === 'opus' ? 48_000 : track.sampleRate;

const expanded = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const { length } = body;
  return Buffer.concat([
    u8(tag, 0x80 | (length >> 21), 0x80 | (length >> 14), 0x80 | (length >> 7), length & 0x7f),
    body,
  ]);
};

/** ES_Descriptor of MPEG-4 audio (ISO/IEC 14496-1, 7.2.6.5). */
const esds = (configuration: Buffer): Buffer =>
  fullBox(
    'esds',
    0,
    0,
    expanded(
      3,
      u16(0),
      u8(0),
      expanded(4, u8(0x40, 0x15, 0, 0, 0), u32(0, 0), expanded(5, configuration)),
      expanded(6, u8(2)),
    ),
  );

function pictureEntry({ width, height, description }: VideoTrack): Buffer {
  const sizes = Buffer.concat([u16(width, height), u32(0x480000, 0x480000, 0), u16(1)]);
  const name = Buffer.alloc(32);
  return box(
    'avc1',
    u8(0, 0, 0, 0, 0, 0),
    u16(1),
    Buffer.alloc(16),
    sizes,
    name,
    u16(24, 0xffff),
    box('avcC', description),
  );
}

function soundEntry(track: AudioTrack): Buffer {
  const rate = timescaleOf(track);
  const head = [
    u8(0, 0, 0, 0, 0, 0),
    u16(1),
    u32(0, 0),
    u16(track.channels, 16, 0, 0, rate > 0xffff ? 0 : rate, 0),
  ];
  return track.codec === 'aac'
    ? box('mp4a', ...head, esds(track.description))
    : box('Opus', ...head, box('dOps', track.description));
}

/** The entry of an `stsd` box: avc1 with avcC, mp4a with esds, Opus with dOps. */
export const sampleEntry = (track: MediaTrack): Buffer =>
  track.kind === 'video' ? pictureEntry(track) : soundEntry(track);
