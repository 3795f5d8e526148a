import { PublishFault } from '../flv/publish-fault.ts';

/** A value of AMF0 (Adobe, Action Message Format 0). Dates are ms since 1970; `undefined` reads as null. */
export type AmfValue = number | boolean | string | null | readonly AmfValue[] | AmfObject;
export type AmfObject = ReadonlyMap<string, AmfValue>;

/** Deeper or longer than any encoder sends; what exceeds it is meant to hurt. */
const maxDepth = 8;
const maxValues = 2_000;

const markers = {
  number: 0,
  boolean: 1,
  string: 2,
  object: 3,
  null: 5,
  undefined: 6,
  list: 8,
  end: 9,
  array: 10,
  date: 11,
  longString: 12,
  unsupported: 13,
  xml: 15,
  typedObject: 16,
} as const;

/** All values up to the end. Throws a PublishFault when they are broken, too deep or too many. */
export function readAmf0(bytes: Buffer): AmfValue[] {
  const reader = new AmfReader(bytes);
  const values: AmfValue[] = [];
  while (!reader.isAtEnd) values.push(reader.value(0));
  return values;
}

/** Numbers, booleans, strings, null and objects of these: what a server has to say. */
export function writeAmf0(values: readonly (AmfValue | Readonly<Record<string, AmfValue>>)[]): Buffer {
  return Buffer.concat(values.map(writeValue));
}

class AmfReader {
  readonly #bytes: Buffer;
  #at = 0;
  #values = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  value(depth: number): AmfValue {
    if (depth > maxDepth || ++this.#values > maxValues) throw new PublishFault('A message is too deep.');
    const marker = this.#take(1);
    switch (this.#bytes[marker]) {
      case markers.number:
        return this.#bytes.readDoubleBE(this.#take(8));
      case markers.boolean:
        return this.#bytes[this.#take(1)] !== 0;
      case markers.string:
        return this.#text(2);
      case markers.longString:
      case markers.xml:
        return this.#text(4);
      case markers.null:
      case markers.undefined:
      case markers.unsupported:
        return null;
      case markers.date:
        return this.#bytes.readDoubleBE(this.#take(10));
      case markers.typedObject:
        this.#text(2);
        return this.#object(depth);
      case markers.list:
        // The count before a list is only a hint: some encoders write 0.
        this.#take(4);
        return this.#object(depth);
      case markers.object:
        return this.#object(depth);
      case markers.array:
        return this.#array(depth);
      default:
        throw new PublishFault('A message holds a value of an unknown kind.');
    }
  }

  #object(depth: number): AmfObject {
    const object = new Map<string, AmfValue>();
    for (;;) {
      const name = this.#text(2);
      if (this.#bytes[this.#at] === markers.end) {
        this.#take(1);
        return object;
      }
      object.set(name, this.value(depth + 1));
    }
  }

  #array(depth: number): AmfValue[] {
    const count = this.#bytes.readUInt32BE(this.#take(4));
    if (count > this.#bytes.length - this.#at) throw new PublishFault('A message ends too soon.');
    return Array.from({ length: count }, () => this.value(depth + 1));
  }

  #text(lengthBytes: 2 | 4): string {
    const length = this.#bytes.readUIntBE(this.#take(lengthBytes), lengthBytes);
    const from = this.#take(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  #take(count: number): number {
    const from = this.#at;
    if (from + count > this.#bytes.length) throw new PublishFault('A message ends too soon.');
    this.#at += count;
    return from;
  }
}

function writeValue(value: AmfValue | Readonly<Record<string, AmfValue>>): Buffer {
  if (value === null) return Buffer.of(markers.null);
  if (typeof value === 'boolean') return Buffer.of(markers.boolean, value ? 1 : 0);
  if (typeof value === 'string') return Buffer.concat([Buffer.of(markers.string), shortText(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.of(markers.number, 0, 0, 0, 0, 0, 0, 0, 0);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value as Record<string, AmfValue>);
  return Buffer.concat([
    Buffer.of(markers.object),
    ...(entries as [string, AmfValue][]).flatMap(([name, item]) => [shortText(name), writeValue(item)]),
    Buffer.of(0, 0, markers.end),
  ]);
}

function shortText(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 0xffff);
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}
