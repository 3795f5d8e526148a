/** Building blocks of ISO/IEC 14496-12: every number is big-endian, every box is its length, its type and its content. */

export function bytesOf(width: 1 | 2 | 4, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(width * values.length);
  values.forEach((value, index) => {
    if (width === 4) bytes.writeUInt32BE(value >>> 0, index * 4);
    else bytes.writeUIntBE(value, index * width, width);
  });
  return bytes;
}
export const u8 = (...values: number[]): Buffer => bytesOf(1, ...values);
export const u16 = (...values: number[]): Buffer => bytesOf(2, ...values);
export const u32 = (...values: number[]): Buffer => bytesOf(4, ...values);

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.round(value)));
  return bytes;
}

export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, { length }) => sum + length, 8);
  return Buffer.concat([u32(length), Buffer.from(type, 'latin1'), ...content], length);
}

export const fullBox = (
  type: string,
  version: number,
  flags: number,
  ...content: readonly Buffer[]
): Buffer => box(type, u32(((version << 24) | flags) >>> 0), ...content);

/** The boxes that stand in a row in these bytes; a length that cannot be ends the row. */
export function* readBoxes(
  bytes: Buffer,
): Generator<{ readonly type: string; readonly body: Buffer; readonly start: number }> {
  for (let start = 0; start + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(start);
    if (length < 8 || start + length > bytes.length) return;
    yield {
      type: bytes.toString('latin1', start + 4, start + 8),
      body: bytes.subarray(start + 8, start + length),
      start,
    };
    start += length;
  }
}
