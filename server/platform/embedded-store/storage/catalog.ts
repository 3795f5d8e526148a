import type { Binary } from 'bson';
import { UUID } from 'bson';
import { decodeDocument, encodeDocument } from '../document-bytes.ts';
import { StoreError } from '../errors.ts';
import { compileFilter, type Matcher } from '../query/match.ts';
import type { Doc } from '../values/bson-types.ts';
import { toNumber } from '../values/numbers.ts';
import { numberBytes, prefixRange, type View, type WriteView } from './tables.ts';

export interface Index {
  id: number;
  name: string;
  /** As the client gave it: paths and directions. */
  key: Doc;
  paths: string[];
  unique: boolean;
  partial?: { filter: Doc; matcher: Matcher };
  expireAfterSeconds?: number;
  /** Paths under which some document has had more than one key. */
  multikeyPaths: string[];
  /** Some key was cut short, so the order of the keys is not quite the order of the values. */
  inexact: boolean;
}

export interface Collection {
  db: string;
  name: string;
  namespace: string;
  id: number;
  uuid: Binary;
  /** Without the index on _id: the documents themselves are kept in its order. */
  indexes: Index[];
}

/** Keys of the catalog table: `c`, database, NUL, collection; and `n` for the last number given out. */
const nextNumberKey = Buffer.from('n');
const collectionKey = (db: string, name: string): Buffer => Buffer.from(`c${db}\0${name}`);

/**
 * Knows the collections and their indexes. It keeps no state that a transaction would have to undo: what is cached
 * are decoded records, found again by their bytes.
 */
export class Catalog {
  private readonly decoded = new Map<string, { bytes: Buffer; collection: Collection }>();

  find(view: View, db: string, name: string): Collection | undefined {
    const bytes = view.get('catalog', collectionKey(db, name));
    const namespace = `${db}.${name}`;
    if (!bytes) return undefined;
    const cached = this.decoded.get(namespace);
    if (cached?.bytes.equals(bytes)) return cached.collection;
    const collection = decodeCollection(db, name, bytes);
    this.decoded.set(namespace, { bytes, collection });
    return collection;
  }

  get(view: View, db: string, name: string): Collection {
    const collection = this.find(view, db, name);
    if (!collection) throw new StoreError(26, `ns does not exist: ${db}.${name}`);
    return collection;
  }

  list(view: View, db?: string): Collection[] {
    const prefix = Buffer.from(db === undefined ? 'c' : `c${db}\0`);
    const names = [...view.range('catalog', prefixRange(prefix))].map(({ key }) =>
      key.toString('utf8', 1).split('\0'),
    );
    return names.flatMap(([database, name]) => this.find(view, database!, name!) ?? []);
  }

  /** The collection, created when it does not exist yet, as MongoDB does on the first write. */
  ensure(view: WriteView, db: string, name: string): Collection {
    return this.find(view, db, name) ?? this.create(view, db, name);
  }

  create(view: WriteView, db: string, name: string): Collection {
    if (name === '' || /\0|^system\.|\$/.test(name))
      throw new StoreError(73, `Invalid namespace specified '${db}.${name}'`);
    if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(db)) throw new StoreError(73, `Invalid database name: '${db}'`);
    const id = this.nextNumber(view);
    this.save(view, { db, name, namespace: `${db}.${name}`, id, uuid: new UUID(), indexes: [] });
    return this.get(view, db, name);
  }

  save(view: WriteView, collection: Collection): void {
    view.put('catalog', collectionKey(collection.db, collection.name), encodeCollection(collection));
  }

  /** Removes a collection with its documents and index entries. */
  drop(view: WriteView, collection: Collection): void {
    removeAll(view, 'documents', collection.id);
    for (const index of collection.indexes) removeAll(view, 'entries', index.id);
    view.remove('catalog', collectionKey(collection.db, collection.name));
  }

  nextNumber(view: WriteView): number {
    const next = (view.get('catalog', nextNumberKey)?.readUInt32BE(0) ?? 0) + 1;
    view.put('catalog', nextNumberKey, numberBytes(next));
    return next;
  }
}

/** Removes every key that begins with this number. */
export function removeAll(view: WriteView, table: 'documents' | 'entries', id: number): void {
  for (const key of [...view.keys(table, prefixRange(numberBytes(id)))]) view.remove(table, key);
}

function encodeCollection({ id, uuid, indexes }: Collection): Uint8Array {
  return encodeDocument({
    id,
    uuid,
    indexes: indexes.map((index) => ({
      id: index.id,
      name: index.name,
      key: index.key,
      unique: index.unique,
      partialFilterExpression: index.partial?.filter,
      expireAfterSeconds: index.expireAfterSeconds,
      multikeyPaths: index.multikeyPaths,
      inexact: index.inexact,
    })),
  });
}

function decodeCollection(db: string, name: string, bytes: Buffer): Collection {
  const record = decodeDocument(bytes);
  return {
    db,
    name,
    namespace: `${db}.${name}`,
    id: toNumber(record.id),
    uuid: record.uuid as Binary,
    indexes: (record.indexes as Doc[]).map(decodeIndex),
  };
}

function decodeIndex(record: Doc): Index {
  const key = record.key as Doc;
  const filter = record.partialFilterExpression as Doc | undefined;
  return {
    id: toNumber(record.id),
    name: record.name as string,
    key,
    paths: Object.keys(key),
    unique: record.unique as boolean,
    ...(filter && { partial: { filter, matcher: compileFilter(filter) } }),
    ...(record.expireAfterSeconds !== undefined && {
      expireAfterSeconds: toNumber(record.expireAfterSeconds),
    }),
    multikeyPaths: record.multikeyPaths as string[],
    inexact: record.inexact as boolean,
  };
}
