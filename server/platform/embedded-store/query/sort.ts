import { badValue } from '../errors.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { compareValues } from '../values/compare.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { someAtPath } from './visit-path.ts';

/** Compares two documents in the order of a sort specification. */
export type DocOrder = (a: Doc, b: Doc) => number;

/**
 * Compiles `{ field: 1 | -1, … }`. Ascending, an array counts as its smallest element, descending as its largest.
 *
 * @throws StoreError 2 for a direction that is not 1 or -1.
 */
export function compileSort(sort: unknown): DocOrder {
  if (!isDocument(sort)) throw badValue('The sort specification must be an object');
  const fields = Object.keys(sort).map((path) => {
    const direction = sort[path];
    if (!isNumeric(direction) || Math.abs(toNumber(direction)) !== 1) {
      throw badValue(`Illegal key in $sort specification: ${path}: must be 1 or -1`);
    }
    return { parts: path.split('.'), direction: toNumber(direction) };
  });
  return (a, b) => {
    for (const { parts, direction } of fields) {
      const order = direction * compareValues(sortValue(a, parts, direction), sortValue(b, parts, direction));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function sortValue(doc: Doc, parts: string[], direction: number): unknown {
  let best: unknown;
  let some = false;
  someAtPath(doc, parts, 0, true, (value) => {
    const candidate = value === undefined ? null : value;
    if (!some || direction * compareValues(candidate, best) < 0) best = candidate;
    some = true;
    return false;
  });
  return some ? best : null;
}
