/** `nal_unit_type` (ITU-T H.264, table 7-1) of what this product looks at. */
export const nalTypes = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9, filler: 12 } as const;

/** Of an empty unit: 0, which the standard leaves unspecified. */
export const nalType = (nal: Buffer): number => (nal[0] ?? 0) & 0x1f;

/** Whether a picture made of these units is decodable on its own (an IDR picture). */
export const isKeyFrame = (nals: readonly Buffer[]): boolean =>
  nals.some((nal) => nalType(nal) === nalTypes.idr);

/** NAL units of a byte stream (annex B), start codes of three or four bytes. What precedes the first is left out. */
export function splitAnnexB(data: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  let start = -1;
  for (let at = data.indexOf(startCode); at >= 0; at = data.indexOf(startCode, at + 3)) {
    if (start >= 0) pushTrimmed(nals, data, start, at);
    start = at + 3;
  }
  if (start >= 0) pushTrimmed(nals, data, start, data.length);
  return nals;
}

/** NAL units that each follow their length (ISO/IEC 14496-15). null: a length points beyond the end. */
export function splitLengthPrefixed(data: Buffer, lengthSize = 4): Buffer[] | null {
  const nals: Buffer[] = [];
  let at = 0;
  while (at < data.length) {
    if (at + lengthSize > data.length) return null;
    const length = data.readUIntBE(at, lengthSize);
    at += lengthSize;
    if (at + length > data.length) return null;
    if (length > 0) nals.push(data.subarray(at, at + length));
    at += length;
  }
  return nals;
}

/** Each unit after its length in four bytes: what `AccessUnit.data` holds. */
export function joinLengthPrefixed(nals: readonly Buffer[]): Buffer {
  const joined = Buffer.allocUnsafe(nals.reduce((sum, nal) => sum + 4 + nal.length, 0));
  let at = 0;
  for (const nal of nals) {
    at = joined.writeUInt32BE(nal.length, at);
    at += nal.copy(joined, at);
  }
  return joined;
}

/** Each unit after a start code of four bytes. */
export const joinAnnexB = (nals: readonly Buffer[]): Buffer =>
  Buffer.concat(nals.flatMap((nal) => [longStartCode, nal]));

const startCode = Buffer.of(0, 0, 1);
const longStartCode = Buffer.of(0, 0, 0, 1);

// Zeros before a start code belong to it or are padding; a NAL unit never ends in one.
function pushTrimmed(nals: Buffer[], data: Buffer, start: number, end: number): void {
  let last = end;
  while (last > start && data[last - 1] === 0) last -= 1;
  if (last > start) nals.push(data.subarray(start, last));
}
