import { ObjectId } from 'bson';
import { decodeDocument, encodeDocument } from '../document-bytes.ts';
import { badValue, notImplemented, StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { isDocument, typeOf, type Doc } from '../values/bson-types.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import type { Catalog, Collection } from './catalog.ts';
import { checkUnique, duplicateKey, entriesOf, noteKeyShapes, type IndexEntries } from './indexes.ts';
import { numberBytes, type WriteView } from './tables.ts';

/** The bytes that stand for an `_id`: the document's place in its collection and the end of its index entries. */
export function idKey(id: unknown): Buffer {
  const { key, exact } = encodeIndexKey([id]);
  if (!exact || key.length > limits.idKeyBytes)
    throw notImplemented(`An _id of more than ${limits.idKeyBytes} bytes`);
  return key;
}

export function documentKey(collection: Collection, key: Buffer): Buffer {
  return Buffer.concat([numberBytes(collection.id), key]);
}

/** The `_id` bytes of a key of the documents table. */
export function idKeyOf(documentTableKey: Buffer): Buffer {
  return documentTableKey.subarray(4);
}

/** Stores a new document. Every check comes before the first write, so a refused document leaves nothing behind. */
export function insertDocument(
  catalog: Catalog,
  view: WriteView,
  collection: Collection,
  raw: Uint8Array,
): Doc {
  const { doc, bytes } = withIdFirst(raw);
  checkSize(bytes);
  checkDepth(doc, bytes.length);
  const id = idKey(doc._id);
  const key = documentKey(collection, id);
  if (view.get('documents', key)) throw duplicateKey(collection, '_id_', { _id: 1 }, [doc._id]);
  const added = collection.indexes.map((index) => entriesOf(index, doc, id));
  for (const entries of added) checkUnique(view, collection, entries, id);
  view.put('documents', key, bytes);
  for (const { entries } of added) for (const entry of entries) view.put('entries', entry.key, id);
  noteKeyShapes(catalog, view, collection, added);
  return doc;
}

/** Replaces a stored document by its new version with the same `_id`, and only the index entries that differ. */
export function replaceDocument(
  catalog: Catalog,
  view: WriteView,
  collection: Collection,
  before: Doc,
  after: Doc,
): void {
  const bytes = encodeDocument(after);
  checkSize(bytes);
  checkDepth(after, bytes.length);
  const id = idKey(before._id);
  const changes = collection.indexes.map((index) => {
    const old = new Map(
      entriesOf(index, before, id).entries.map((entry) => [entry.key.toString('latin1'), entry.key]),
    );
    const now = entriesOf(index, after, id);
    const added: IndexEntries = {
      ...now,
      entries: now.entries.filter(({ key }) => !old.delete(key.toString('latin1'))),
    };
    return { added, removed: [...old.values()] };
  });
  for (const { added } of changes) checkUnique(view, collection, added, id);
  view.put('documents', documentKey(collection, id), bytes);
  for (const { added, removed } of changes) {
    for (const key of removed) view.remove('entries', key);
    for (const { key } of added.entries) view.put('entries', key, id);
  }
  noteKeyShapes(
    catalog,
    view,
    collection,
    changes.map(({ added }) => added),
  );
}

export function removeDocument(view: WriteView, collection: Collection, doc: Doc): void {
  const id = idKey(doc._id);
  view.remove('documents', documentKey(collection, id));
  for (const index of collection.indexes) {
    for (const { key } of entriesOf(index, doc, id).entries) view.remove('entries', key);
  }
}

/** `_id` leads every stored document, and is made when the client sent none. */
function withIdFirst(raw: Uint8Array): { doc: Doc; bytes: Uint8Array } {
  const doc = decodeDocument(raw);
  const hasId = Object.hasOwn(doc, '_id');
  if (hasId) checkId(doc._id);
  // An integer-like name is moved to the front by JavaScript; only the bytes tell the real order.
  const idIsFirst = hasId && raw[5] === 0x5f && raw[6] === 0x69 && raw[7] === 0x64 && raw[8] === 0;
  if (idIsFirst) return { doc, bytes: raw };
  const ordered: Doc = { _id: hasId ? doc._id : new ObjectId(), ...doc };
  return { doc: ordered, bytes: encodeDocument(ordered) };
}

export function checkId(id: unknown): void {
  const type = typeOf(id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw badValue(`The '_id' value cannot be of type ${type}`);
  }
}

/** Comparing and encoding go down level by level, and must not exhaust the stack. A level takes at least 7 bytes. */
function checkDepth(doc: Doc, bytes: number): void {
  if (bytes < limits.nestingLevels * 7 || !isDeeper(doc, limits.nestingLevels)) return;
  throw new StoreError(15, `Object nesting depth exceeds maximum of ${limits.nestingLevels}`);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value) && !isDocument(value)) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length <= limits.documentBytes) return;
  throw new StoreError(
    10334,
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${limits.documentBytes}`,
  );
}
