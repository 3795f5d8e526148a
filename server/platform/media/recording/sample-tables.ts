import type { MediaTrack } from '../access-unit.ts';
import { fullBox, u32, u64 } from '../packaging/mp4-boxes.ts';

/** Bytes of one track that stand together in the file. */
export interface Chunk {
  readonly offset: number;
  readonly samples: number;
  /** Which of the track's `stsd` entries, from 1. */
  readonly entry: number;
}

/** Columns, not rows: an hour of sound is 170,000 samples. */
export interface SampleColumns {
  readonly kind: MediaTrack['kind'];
  readonly timescale: number;
  readonly dts: number[];
  readonly offsets: number[];
  readonly sizes: number[];
  readonly keys: number[];
  readonly chunks: Chunk[];
  lastDuration: number;
}

/** `rows` of 32-bit numbers after their count. */
function table(type: string, version: number, width: number, values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return fullBox(type, version, 0, u32(values.length / width), bytes);
}

/** Neighbours that are alike become one row: how many, and what. */
function runLengths(values: readonly number[]): number[] {
  const rows: number[] = [];
  let count = 0;
  values.forEach((value, index) => {
    count += 1;
    if (values[index + 1] === value) return;
    rows.push(count, value);
    count = 0;
  });
  return rows;
}

function chunkRows(chunks: readonly Chunk[]): number[] {
  return chunks.flatMap(({ samples, entry }, index) => {
    const before = chunks[index - 1];
    return before?.samples === samples && before.entry === entry ? [] : [index + 1, samples, entry];
  });
}

/** The boxes of an `stbl` after its `stsd` (ISO/IEC 14496-12, 8.6 and 8.7). `base`: where the media begins in the file. */
export function writeTables(columns: SampleColumns, base: number): readonly Buffer[] {
  const { dts, offsets, sizes, keys, chunks, kind, lastDuration } = columns;
  const durations = dts.map((at, index) => (dts[index + 1] ?? at + lastDuration) - at);
  const places = chunks.map(({ offset }) => base + offset);
  const isLarge = places.some((place) => place > 0xffffffff);
  return [
    table('stts', 0, 2, runLengths(durations)),
    ...(offsets.some((offset) => offset !== 0) ? [table('ctts', 1, 2, runLengths(offsets))] : []),
    ...(kind === 'video' ? [table('stss', 0, 1, keys)] : []),
    table('stsc', 0, 3, chunkRows(chunks)),
    fullBox('stsz', 0, 0, u32(0), table('    ', 0, 1, sizes).subarray(12)),
    isLarge ? fullBox('co64', 0, 0, u32(places.length), ...places.map(u64)) : table('stco', 0, 1, places),
  ];
}

/** When the track's time 0 is in the movie's, and what of it is shown (8.6.6). Movie times are 90 kHz ticks. */
export function writeEdits(columns: SampleColumns, start: number, length: number): Buffer {
  const { dts, timescale } = columns;
  const first = ((dts[0] ?? 0) * 90_000) / timescale;
  const wait = Math.max(0, Math.round(first - start));
  const mediaTime = Math.round((Math.max(start, first) * timescale) / 90_000);
  const rate = u32(0x10000);
  const empty = wait > 0 ? [u64(wait), Buffer.alloc(8, 0xff), rate] : [];
  const shown = [u64(Math.max(1, length - wait)), u64(mediaTime), rate];
  return Buffer.concat([elst(wait > 0 ? 2 : 1, [...empty, ...shown])]);
}

const elst = (count: number, rows: readonly Buffer[]): Buffer => {
  const inner = fullBox('elst', 1, 0, u32(count), ...rows);
  return Buffer.concat([u32(inner.length + 8), Buffer.from('edts'), inner]);
};
