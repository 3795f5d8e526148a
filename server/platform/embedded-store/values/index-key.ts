import type { Binary, ObjectId, Timestamp } from 'bson';
import { bytesOf, rankOf, regexParts, subtypeOf } from './compare.ts';
import { getField, typeOf } from './bson-types.ts';
import { exactNumber, isNumeric } from './numbers.ts';

/** lmdb takes keys up to 1978 bytes; the rest is left for the collection, index and document id around this one. */
export const MAX_INDEX_KEY_BYTES = 1500;

/**
 * Bytes whose order is the BSON order of the values (`compareValues`, first value first). The key of a list's
 * beginning is a prefix of the list's key, so a prefix scan finds every key that begins with given values.
 * `exact` is false when the key was cut at `MAX_INDEX_KEY_BYTES`: equal keys may then stand for different values.
 */
export function encodeIndexKey(values: readonly unknown[]): { key: Buffer; exact: boolean } {
  const writer = new KeyWriter();
  for (const value of values) writeValue(writer, value);
  return writer.finish();
}

class KeyWriter {
  private bytes: Buffer = Buffer.allocUnsafe(128);
  private length = 0;

  /** Room for `count` more bytes; writing past the cap is harmless because the key is cut at the end. */
  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.length + count) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  get isFull(): boolean {
    return this.length > MAX_INDEX_KEY_BYTES;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint(value: number, size: number): void {
    this.reserve(size);
    this.length = this.bytes.writeUIntBE(value, this.length, size);
  }

  /** A signed 64-bit integer with its sign bit flipped, so that negative ones sort first. */
  int64(value: bigint): void {
    this.uint64(BigInt.asUintN(64, value) ^ (1n << 63n));
  }

  uint64(value: bigint): void {
    this.reserve(8);
    this.length = this.bytes.writeBigUInt64BE(value, this.length);
  }

  /** A double in sortable form: positive ones get their sign bit set, negative ones are inverted. */
  double(value: number): void {
    this.reserve(8);
    this.bytes.writeDoubleBE(value, this.length);
    const first = this.bytes[this.length] as number;
    if (first < 0x80) this.bytes[this.length] = first | 0x80;
    else for (let i = this.length; i < this.length + 8; i += 1) this.bytes[i] = ~(this.bytes[i] as number);
    this.length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** UTF-8 with a two-byte end mark; a zero byte inside is followed by 0xff so that the mark stays the lowest. */
  text(value: string): void {
    if (value.includes('\0')) {
      for (const byte of Buffer.from(value)) {
        this.byte(byte);
        if (byte === 0) this.byte(0xff);
      }
    } else {
      this.reserve(value.length * 3);
      this.length += this.bytes.write(value, this.length, 'utf8');
    }
    this.uint(0, 2);
  }

  finish(): { key: Buffer; exact: boolean } {
    const length = Math.min(this.length, MAX_INDEX_KEY_BYTES);
    return { key: Buffer.from(this.bytes.subarray(0, length)), exact: length === this.length };
  }
}

function writeValue(writer: KeyWriter, value: unknown): void {
  if (writer.isFull) return;
  writer.byte(rankOf(value));
  if (typeof value === 'string') return writer.text(value);
  if (typeof value === 'boolean') return writer.byte(Number(value));
  if (isNumeric(value)) return writeNumber(writer, exactNumber(value));
  writeByType(writer, value);
}

/**
 * A double and what a 64-bit integer has more than it. A Long beyond 2^53 is written as the next double below it
 * and the difference (under 2048), so Longs and Doubles sort in one exact order.
 */
function writeNumber(writer: KeyWriter, value: number | bigint): void {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) writer.uint64(0n);
    else writer.double(value === 0 ? 0 : value);
    return writer.uint(0, 2);
  }
  let below = Number(value);
  if (BigInt(below) > value) below = nextDoubleBelow(below);
  writer.double(below);
  writer.uint(Number(value - BigInt(below)), 2);
}

function nextDoubleBelow(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

function writeByType(writer: KeyWriter, value: unknown): void {
  switch (typeOf(value)) {
    case 'object':
      return writeDocument(writer, value as object);
    case 'array':
      for (const element of value as unknown[]) writeValue(writer, element);
      return writer.byte(0);
    case 'binData':
      writer.uint(bytesOf(value as Binary).length, 4);
      writer.byte(subtypeOf(value as Binary));
      return writer.raw(bytesOf(value as Binary).subarray(0, MAX_INDEX_KEY_BYTES));
    case 'objectId':
      return writer.raw((value as ObjectId).id);
    case 'date':
      return writer.int64(BigInt((value as Date).getTime()));
    case 'timestamp':
      return writer.uint64(BigInt.asUintN(64, (value as Timestamp).toBigInt()));
    case 'regex':
      return regexParts(value).forEach((part) => writer.text(part));
    case 'symbol':
    case 'javascript':
      return writer.text(String(value));
    default:
  }
}

function writeDocument(writer: KeyWriter, doc: object): void {
  for (const name of Object.keys(doc)) {
    if (writer.isFull) return;
    const value = getField(doc, name);
    writer.byte(rankOf(value));
    writer.text(name);
    writeValue(writer, value);
  }
  writer.byte(0);
}
