import type { VideoTrack } from '../access-unit.ts';
import { nalType, nalTypes } from './nal-units.ts';
import { readSps } from './read-sps.ts';

export interface DecoderConfiguration {
  /** Bytes of the length before each NAL unit: 1, 2 or 4. */
  readonly lengthSize: number;
  readonly sps: readonly Buffer[];
  readonly pps: readonly Buffer[];
}

/** Profiles whose record ends with chroma format and bit depths (ISO/IEC 14496-15, 5.3.3.1.2). */
const endsWithChroma = new Set([100, 110, 122, 144]);

/** An AVCDecoderConfigurationRecord for units after lengths of four bytes. null: the first SPS cannot be read. */
export function buildDecoderConfiguration(sps: readonly Buffer[], pps: readonly Buffer[]): Buffer | null {
  const parameters = sps[0] && readSps(sps[0]);
  if (!parameters || sps.length > 31 || pps.length > 255) return null;
  const { profile, constraints, level, chromaFormat, bitDepthLuma, bitDepthChroma } = parameters;
  return Buffer.concat([
    Buffer.of(1, profile, constraints, level, 0xff, 0xe0 | sps.length),
    ...sps.flatMap(afterLength),
    Buffer.of(pps.length),
    ...pps.flatMap(afterLength),
    endsWithChroma.has(profile)
      ? Buffer.of(0xfc | chromaFormat, 0xf8 | (bitDepthLuma - 8), 0xf8 | (bitDepthChroma - 8), 0)
      : Buffer.alloc(0),
  ]);
}

/** null: not such a record, or cut short, or without parameter sets. */
export function readDecoderConfiguration(record: Buffer): DecoderConfiguration | null {
  const lengthSize = ((record[4] ?? 0) & 3) + 1;
  if (record.length < 7 || record[0] !== 1 || lengthSize === 3) return null;
  const spsList = readSets(record, 6, (record[5] ?? 0) & 0x1f, nalTypes.sps);
  if (!spsList || spsList.end >= record.length) return null;
  const ppsList = readSets(record, spsList.end + 1, record[spsList.end] ?? 0, nalTypes.pps);
  if (!ppsList || spsList.sets.length === 0 || ppsList.sets.length === 0) return null;
  return { lengthSize, sps: spsList.sets, pps: ppsList.sets };
}

/** The track that these parameter sets begin. null: they cannot be read, or browsers do not play such pictures. */
export function describeVideo(sps: readonly Buffer[], pps: readonly Buffer[]): VideoTrack | null {
  const parameters = sps[0] && readSps(sps[0]);
  const description = buildDecoderConfiguration(sps, pps);
  if (!parameters || !description || parameters.chromaFormat !== 1 || parameters.bitDepthLuma !== 8)
    return null;
  const { width, height } = parameters;
  const codecString = `avc1.${description.toString('hex', 1, 4)}`;
  return { kind: 'video', codec: 'h264', codecString, width, height, description };
}

function readSets(record: Buffer, from: number, count: number, type: number) {
  const sets: Buffer[] = [];
  let at = from;
  for (let n = 0; n < count; n += 1) {
    if (at + 2 > record.length) return null;
    const length = record.readUInt16BE(at);
    at += 2;
    if (length === 0 || at + length > record.length) return null;
    const set = record.subarray(at, at + length);
    if (nalType(set) !== type) return null;
    sets.push(set);
    at += length;
  }
  return { sets, end: at };
}

function afterLength(set: Buffer): Buffer[] {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Math.min(set.length, 0xffff));
  return [length, set];
}
