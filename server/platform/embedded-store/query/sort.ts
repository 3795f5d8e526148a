import { badValue } from '../errors.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { compareValues } from '../values/compare.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { expandedValues } from '../values/paths.ts';

/** Compares two documents in the order of a sort specification. */
export type DocOrder = (a: Doc, b: Doc) => number;

/** A sort specification in use: the key of a document, and the order of keys. */
export interface SortOrder {
  keyOf: (doc: Doc) => readonly unknown[];
  compareKeys: (a: readonly unknown[], b: readonly unknown[]) => number;
}

/**
 * Compiles `{ field: 1 | -1, … }`. A document with arrays has a key per element, as in an index; the first of them
 * in the order asked for counts, so ascending it is the smallest element and descending the largest.
 *
 * @throws StoreError 2 for a direction that is not 1 or -1.
 */
export function compileSortOrder(sort: unknown): SortOrder {
  if (!isDocument(sort)) throw badValue('The sort specification must be an object');
  const paths = Object.keys(sort);
  const directions = paths.map((path) => directionOf(path, sort[path]));
  const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
    for (const [i, direction] of directions.entries()) {
      const order = compareValues(a[i], b[i]);
      if (order !== 0) return direction * order;
    }
    return 0;
  };
  const keyOf = (doc: Doc): readonly unknown[] => {
    const keys = expandedValues(doc, paths);
    if (!keys) throw badValue('cannot sort with keys that are parallel arrays');
    return keys.reduce((first, key) => (compareKeys(key, first) < 0 ? key : first));
  };
  return { keyOf, compareKeys };
}

/** As `compileSortOrder`, for comparing documents a few at a time. */
export function compileSort(sort: unknown): DocOrder {
  const { keyOf, compareKeys } = compileSortOrder(sort);
  return (a, b) => compareKeys(keyOf(a), keyOf(b));
}

/** A sorted copy; each document's key is made once. Equal ones keep their order. */
export function sortDocuments(docs: Iterable<Doc>, { keyOf, compareKeys }: SortOrder): Doc[] {
  const keyed = Array.from(docs, (doc) => ({ doc, key: keyOf(doc) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ doc }) => doc);
}

function directionOf(path: string, direction: unknown): number {
  if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw badValue(`Illegal key in sort specification: '${path}'`);
  }
  if (!isNumeric(direction) || Math.abs(toNumber(direction)) !== 1) {
    throw badValue(`Illegal value in sort specification: ${path} must be 1 or -1`);
  }
  return toNumber(direction);
}
