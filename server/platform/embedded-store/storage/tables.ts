import type { Database } from 'lmdb';

/** One lmdb sub-database per kind of thing; the collection's or index's number leads each key. */
export const tableNames = ['catalog', 'documents', 'entries', 'sessions'] as const;
export type Table = (typeof tableNames)[number];

export type LmdbDatabases = Record<Table, Database<Buffer, Buffer>>;

/** Keys from `from` (inclusive) up to `to` (exclusive), in key order or backwards. */
export interface KeyRange {
  from: Buffer;
  to: Buffer;
  /** Go on behind this key of an earlier scan. */
  after?: Buffer | undefined;
  reverse?: boolean | undefined;
}

export interface Entry {
  key: Buffer;
  value: Buffer;
}

/** What reading code sees of the store: the last commit, or the running transaction's own state. */
export interface View {
  get(table: Table, key: Buffer): Buffer | undefined;
  range(table: Table, range: KeyRange): Iterable<Entry>;
  keys(table: Table, range: KeyRange): Iterable<Buffer>;
  count(table: Table, range: KeyRange): number;
}

export interface WriteView extends View {
  put(table: Table, key: Buffer, value: Uint8Array): void;
  remove(table: Table, key: Buffer): void;
}

/** Every key a transaction has written so far, with its last value; `undefined` means removed. */
export type Effects = Map<string, { table: Table; key: Buffer; value: Buffer | undefined }>;

/** Reads and writes the tables; with `effects` it also remembers what was written, so it can be done again. */
export class Tables implements WriteView {
  constructor(
    private readonly databases: LmdbDatabases,
    private readonly effects?: Effects,
  ) {}

  get(table: Table, key: Buffer): Buffer | undefined {
    return this.databases[table].getBinary(key);
  }

  range(table: Table, range: KeyRange): Iterable<Entry> {
    return this.databases[table].getRange(boundsOf(range));
  }

  keys(table: Table, range: KeyRange): Iterable<Buffer> {
    return this.databases[table].getKeys(boundsOf(range));
  }

  count(table: Table, range: KeyRange): number {
    return this.databases[table].getKeysCount(boundsOf(range));
  }

  put(table: Table, key: Buffer, value: Uint8Array): void {
    const bytes = Buffer.isBuffer(value)
      ? value
      : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.databases[table].putSync(key, bytes);
    this.effects?.set(effectName(table, key), { table, key, value: bytes });
  }

  remove(table: Table, key: Buffer): void {
    this.databases[table].removeSync(key);
    this.effects?.set(effectName(table, key), { table, key, value: undefined });
  }

  replay(effects: Effects): void {
    for (const { table, key, value } of effects.values()) {
      if (value) this.databases[table].putSync(key, value);
      else this.databases[table].removeSync(key);
    }
  }
}

function effectName(table: Table, key: Buffer): string {
  return table[0]! + key.toString('latin1');
}

function boundsOf({ from, to, after, reverse = false }: KeyRange) {
  return reverse
    ? { start: after ?? to, exclusiveStart: true, end: from, inclusiveEnd: true, reverse }
    : { start: after ?? from, exclusiveStart: after !== undefined, end: to };
}

/** The first key behind every key that begins with these bytes. */
export function successor(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  for (let i = next.length - 1; i >= 0; i -= 1) {
    if (next[i]! < 0xff) {
      next[i]! += 1;
      return next.subarray(0, i + 1);
    }
  }
  // As long as a key of lmdb may be: one byte more and the read itself is refused.
  return Buffer.alloc(1978, 0xff);
}

/** All keys that begin with these bytes. */
export function prefixRange(prefix: Buffer): KeyRange {
  return { from: prefix, to: successor(prefix) };
}

/** A collection's or index's number as the leading bytes of its keys. */
export function numberBytes(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(id);
  return bytes;
}
