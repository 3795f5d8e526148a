import { getField, isDocument } from '../values/bson-types.ts';
import { isArrayIndex } from '../values/paths.ts';

/** Where a filter matched: the position in the outermost array on the path, for the positional `$`. */
export interface MatchPosition {
  index?: number;
}

/** Tests one value; `undefined` stands for a missing field. */
export type ValueTest = (value: unknown, found?: MatchPosition) => boolean;

/**
 * Whether a test holds for a value the path leads to, in MongoDB's sense: arrays on the way are walked through by
 * element and by position; an array at the end is tested by element and, after that, as a whole.
 * With `expandLeaf` false it is tested as a whole only (`$size`, `$elemMatch`, `$exists`).
 */
export function someAtPath(
  doc: unknown,
  parts: readonly string[],
  from: number,
  expandLeaf: boolean,
  test: ValueTest,
  found?: MatchPosition,
): boolean {
  let value = doc;
  for (let i = from; i < parts.length; i += 1) {
    if (Array.isArray(value)) return someInArray(value, parts, i, expandLeaf, test, found);
    value = isDocument(value) ? getField(value, parts[i] as string) : undefined;
    if (value === undefined) return test(undefined, found);
  }
  if (!expandLeaf || !Array.isArray(value)) return test(value, found);
  const index = value.findIndex((element) => test(element, found));
  if (index < 0) return test(value, found);
  if (found) found.index = index;
  return true;
}

function someInArray(
  array: unknown[],
  parts: readonly string[],
  at: number,
  expandLeaf: boolean,
  test: ValueTest,
  found?: MatchPosition,
): boolean {
  const part = parts[at] as string;
  const position = isArrayIndex(part) ? Number(part) : -1;
  for (const [i, element] of array.entries()) {
    // Elements that are no documents are passed over: they are not even "missing" (so {'a.b': null} skips them).
    if (isDocument(element) && someAtPath(element, parts, at, expandLeaf, test, found)) {
      if (found) found.index = i;
      return true;
    }
    if (i === position && someAtPosition(element, parts, at + 1, expandLeaf, test, found)) return true;
  }
  return false;
}

/** An element named by its position: it is tested as it is, and sets no position for `$`. */
function someAtPosition(
  element: unknown,
  parts: readonly string[],
  from: number,
  expandLeaf: boolean,
  test: ValueTest,
  found?: MatchPosition,
): boolean {
  if (from === parts.length) return test(element, found);
  const walkable = Array.isArray(element) || isDocument(element);
  return walkable && someAtPath(element, parts, from, expandLeaf, test, found);
}
