import { Long } from 'bson';
import { decodeDocument, encodeDocument } from '../document-bytes.ts';
import { badValue, notImplemented, StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { compileFilter } from '../query/match.ts';
import { removeAll, type Collection, type Index } from '../storage/catalog.ts';
import { idKeyOf } from '../storage/documents.ts';
import { checkUnique, entriesOf, noteKeyShapes, type IndexEntries } from '../storage/indexes.ts';
import { numberBytes, prefixRange, type Entry, type View, type WriteView } from '../storage/tables.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { equalValues } from '../values/compare.ts';
import { encodeCursorReply } from '../wire/cursor-reply.ts';
import {
  collectionName,
  checkFields,
  readDocument,
  type Call,
  type ReadCommand,
  type WriteCommand,
} from './command.ts';
import { readIndexSpec, type IndexSpec } from './index-spec.ts';

export const createIndexes: WriteCommand = {
  kind: 'write',
  fields: 'createIndexes indexes',
  inTransaction: false,
  run(call) {
    const { engine, view, db, body } = call;
    const name = collectionName(call);
    if (!Array.isArray(body.indexes) || body.indexes.length === 0)
      throw badValue('Must specify at least one index to create');
    const specs = body.indexes.map(readIndexSpec);
    const createdCollectionAutomatically = !engine.catalog.find(view, db, name);
    let collection = engine.catalog.ensure(view, db, name);
    const numIndexesBefore = collection.indexes.length + 1;
    for (const spec of specs) collection = addIndex(call, collection, spec);
    const numIndexesAfter = collection.indexes.length + 1;
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically };
  },
};

function addIndex({ engine, view }: Call<WriteView>, collection: Collection, spec: IndexSpec): Collection {
  if (isAlreadyThere(collection, spec)) return collection;
  if (collection.indexes.length >= limits.indexesPerCollection - 1) {
    throw new StoreError(67, `add index fails, too many indexes for ${collection.namespace}`);
  }
  const index: Index = {
    id: engine.catalog.nextNumber(view),
    name: spec.name,
    key: spec.key,
    paths: Object.keys(spec.key),
    unique: spec.unique,
    multikeyPaths: [],
    inexact: false,
    ...(spec.partialFilter && {
      partial: { filter: spec.partialFilter, matcher: compileFilter(spec.partialFilter) },
    }),
    ...(spec.expireAfterSeconds !== undefined && { expireAfterSeconds: spec.expireAfterSeconds }),
  };
  engine.catalog.save(view, { ...collection, indexes: [...collection.indexes, index] });
  buildIndex(view, collection, index, (entries) =>
    noteKeyShapes(engine.catalog, view, collection, [entries]),
  );
  return engine.catalog.get(view, collection.db, collection.name);
}

/** The same again is nothing to do; the same name or key for something else is a mistake. */
function isAlreadyThere(collection: Collection, spec: IndexSpec): boolean {
  if (equalValues(spec.key, { _id: 1 })) return true;
  const sameName = collection.indexes.find(({ name }) => name === spec.name);
  const sameKey = collection.indexes.find(
    (index) =>
      equalValues(index.key, spec.key) &&
      equalValues(index.partial?.filter ?? null, spec.partialFilter ?? null),
  );
  if (sameName && (sameName !== sameKey || !sameOptions(sameName, spec))) {
    throw new StoreError(
      86,
      `An existing index has the same name as the requested index but another specification: ${spec.name}`,
    );
  }
  if (sameKey && !sameName) {
    throw new StoreError(85, `Index already exists with a different name: ${sameKey.name}`);
  }
  return sameName !== undefined;
}

function sameOptions(index: Index, spec: IndexSpec): boolean {
  return index.unique === spec.unique && index.expireAfterSeconds === spec.expireAfterSeconds;
}

/** Enters all documents there are, a portion at a time, because what is read must not change under the cursor. */
function buildIndex(
  view: WriteView,
  collection: Collection,
  index: Index,
  note: (entries: IndexEntries) => void,
): void {
  const all = prefixRange(numberBytes(collection.id));
  for (let portion = take(view, all), after; portion.length > 0; portion = take(view, { ...all, after })) {
    for (const { key, value } of portion) {
      const id = idKeyOf(key);
      const entries = entriesOf(index, decodeDocument(value), id);
      checkUnique(view, collection, entries, id);
      for (const entry of entries.entries) view.put('entries', entry.key, id);
      note(entries);
      after = key;
    }
  }
}

function take(view: View, range: Parameters<View['range']>[1]): Entry[] {
  const portion: Entry[] = [];
  for (const entry of view.range('documents', range)) {
    portion.push(entry);
    if (portion.length >= 1_000) break;
  }
  return portion;
}

export const listIndexes: ReadCommand = {
  kind: 'read',
  fields: 'listIndexes cursor',
  inTransaction: false,
  run(call) {
    checkFields(readDocument(call.body.cursor, 'cursor'), ['batchSize'], 'The cursor option');
    const collection = call.engine.catalog.get(call.view, call.db, collectionName(call));
    const described: Doc[] = [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      ...collection.indexes.map(describeIndex),
    ];
    return encodeCursorReply('firstBatch', described.map(encodeDocument), Long.ZERO, collection.namespace);
  },
};

function describeIndex({ key, name, unique, partial, expireAfterSeconds }: Index): Doc {
  return {
    v: 2,
    key,
    name,
    ...(unique && { unique }),
    ...(partial && { partialFilterExpression: partial.filter }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
}

export const dropIndexes: WriteCommand = {
  kind: 'write',
  fields: 'dropIndexes index',
  inTransaction: false,
  run(call) {
    const { engine, view, body } = call;
    const collection = engine.catalog.get(view, call.db, collectionName(call));
    const wanted = Array.isArray(body.index) ? (body.index as unknown[]) : [body.index];
    const dropped = wanted.flatMap((one) =>
      one === '*' ? collection.indexes : [findIndex(collection, one)],
    );
    engine.cursors.endAllOf(collection.namespace);
    for (const { id } of dropped) removeAll(view, 'entries', id);
    engine.catalog.save(view, {
      ...collection,
      indexes: collection.indexes.filter((index) => !dropped.includes(index)),
    });
    return { nIndexesWas: collection.indexes.length + 1 };
  },
};

function findIndex(collection: Collection, wanted: unknown): Index {
  if (wanted === '_id_' || (isDocument(wanted) && equalValues(wanted, { _id: 1 })))
    throw new StoreError(72, 'cannot drop _id index');
  if (typeof wanted !== 'string' && !isDocument(wanted)) throw notImplemented('This way to name an index');
  const index = collection.indexes.find(
    ({ name, key }) => name === wanted || (isDocument(wanted) && equalValues(key, wanted)),
  );
  if (!index)
    throw new StoreError(27, `index not found with name [${typeof wanted === 'string' ? wanted : 'key'}]`);
  return index;
}
