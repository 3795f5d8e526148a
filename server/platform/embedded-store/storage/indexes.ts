import { decodeDocument } from '../document-bytes.ts';
import { StoreError } from '../errors.ts';
import type { Doc } from '../values/bson-types.ts';
import { equalValues } from '../values/compare.ts';
import { describeValue } from './describe-value.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import { indexKeyValues } from '../values/paths.ts';
import type { Catalog, Collection, Index } from './catalog.ts';
import { numberBytes, prefixRange, type View, type WriteView } from './tables.ts';

export interface IndexEntry {
  /** Number of the index, encoded values, and for all but exact unique keys the document's `_id` bytes. */
  key: Buffer;
  values: unknown[];
  exact: boolean;
}

export interface IndexEntries {
  index: Index;
  entries: IndexEntry[];
  /** Paths that lead to more than one value in this document. */
  multikeyPaths: string[];
}

/** The entries a document has in an index; none when a partial index does not cover it. */
export function entriesOf(index: Index, doc: Doc, id: Buffer): IndexEntries {
  if (index.partial && !index.partial.matcher.matches(doc)) return { index, entries: [], multikeyPaths: [] };
  const keys = indexKeyValues(doc, index.paths);
  const entries = new Map<string, IndexEntry>();
  for (const values of keys) {
    const { key: encoded, exact } = encodeIndexKey(values);
    const alone = index.unique && exact;
    const key = Buffer.concat(
      alone ? [numberBytes(index.id), encoded] : [numberBytes(index.id), encoded, id],
    );
    entries.set(key.toString('latin1'), { key, values, exact });
  }
  const multikeyPaths =
    keys.length > 1 ? index.paths.filter((path) => indexKeyValues(doc, [path]).length > 1) : [];
  return { index, entries: [...entries.values()], multikeyPaths };
}

/** @throws StoreError 11000 when another document has one of these keys in a unique index. */
export function checkUnique(
  view: View,
  collection: Collection,
  { index, entries }: IndexEntries,
  id: Buffer,
): void {
  if (!index.unique) return;
  for (const entry of entries) {
    const taken = entry.exact
      ? isTaken(view.get('entries', entry.key), id)
      : isTakenInexact(view, collection, index, entry, id);
    if (taken) throw duplicateKey(collection, index.name, index.key, entry.values);
  }
}

function isTaken(owner: Buffer | undefined, id: Buffer): boolean {
  return owner !== undefined && !owner.equals(id);
}

/** Keys that were cut may be equal for different values, so the documents decide. */
function isTakenInexact(
  view: View,
  collection: Collection,
  index: Index,
  entry: IndexEntry,
  id: Buffer,
): boolean {
  const cut = entry.key.subarray(0, entry.key.length - id.length);
  for (const { value: owner } of view.range('entries', prefixRange(cut))) {
    if (owner.equals(id)) continue;
    const bytes = view.get('documents', Buffer.concat([numberBytes(collection.id), owner]));
    const keys = bytes ? indexKeyValues(decodeDocument(bytes), index.paths) : [];
    if (keys.some((values) => values.every((value, i) => equalValues(value, entry.values[i])))) return true;
  }
  return false;
}

/** The planner must know when an index holds several keys per document, or keys cut short. */
export function noteKeyShapes(
  catalog: Catalog,
  view: WriteView,
  collection: Collection,
  added: IndexEntries[],
): void {
  const isNews = ({ index, entries, multikeyPaths }: IndexEntries): boolean =>
    multikeyPaths.some((path) => !index.multikeyPaths.includes(path)) ||
    (!index.inexact && entries.some(({ exact }) => !exact));
  if (!added.some(isNews)) return;
  // A later statement of the same transaction sees this through the catalog, so the object itself is not changed.
  const current = catalog.get(view, collection.db, collection.name);
  const indexes = current.indexes.map((index) => {
    const seen = added.find((one) => one.index.id === index.id);
    if (!seen) return index;
    return {
      ...index,
      multikeyPaths: [...new Set([...index.multikeyPaths, ...seen.multikeyPaths])],
      inexact: index.inexact || seen.entries.some(({ exact }) => !exact),
    };
  });
  catalog.save(view, { ...current, indexes });
}

/** The error drivers and mongoose look for: code, `keyPattern`, `keyValue` and a text in the server's words. */
export function duplicateKey(
  collection: Collection,
  indexName: string,
  keyPattern: Doc,
  values: unknown[],
): StoreError {
  const names = Object.keys(keyPattern);
  const keyValue = Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
  const shown = names.map((name) => `${name}: ${describeValue(keyValue[name])}`).join(', ');
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${indexName} dup key: { ${shown} }`,
    { details: { keyPattern, keyValue } },
  );
}
