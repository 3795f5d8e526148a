import { StoreError } from '../errors.ts';
import { getField, isDocument } from './bson-types.ts';

/** Whether a path part can be the position of an array element. */
export function isArrayIndex(part: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(part);
}

/** One step down: a field of a document or an element of an array; `undefined` when there is none. */
export function stepInto(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isArrayIndex(part) ? (value as unknown[])[Number(part)] : undefined;
  return isDocument(value) ? getField(value, part) : undefined;
}

/** The value at a dotted path. Array elements are reached by their position only. */
export function readPath(doc: unknown, path: string): unknown {
  let value = doc;
  for (const part of path.split('.')) value = stepInto(value, part);
  return value;
}

/** A path in an expression: through arrays it gives the array of what the elements have; positions do not count. */
export function fieldThroughArrays(start: unknown, parts: readonly string[], from: number): unknown {
  let value = start;
  for (let i = from; i < parts.length; i += 1) {
    if (Array.isArray(value)) {
      return value
        .map((element: unknown) => fieldThroughArrays(element, parts, i))
        .filter((found) => found !== undefined);
    }
    if (!isDocument(value)) return undefined;
    value = getField(value, parts[i] as string);
  }
  return value;
}

interface Walk {
  value: unknown;
  rest: string[];
}

/**
 * The keys a document has in an index over these paths: one, or one per element when a path crosses an array.
 * A missing field counts as null, an empty array as undefined (as MongoDB indexes it).
 *
 * @throws StoreError 171 when the paths cross two different arrays, 16746 for a position that is a field name too.
 */
export function indexKeyValues(doc: unknown, paths: readonly string[]): unknown[][] {
  const keys = expandedValues(doc, paths);
  if (!keys) throw new StoreError(171, `cannot index parallel arrays in the fields ${paths.join(', ')}`);
  return keys;
}

/** As `indexKeyValues`; `undefined` when the paths cross two different arrays. */
export function expandedValues(doc: unknown, paths: readonly string[]): unknown[][] | undefined {
  return expand(paths.map((path) => walk(doc, path.split('.'))));
}

/** Goes down until the path ends or an array has to be expanded. */
function walk(start: unknown, parts: string[]): Walk {
  let value = start;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] as string;
    if (Array.isArray(value)) {
      if (!isArrayIndex(part)) return { value, rest: parts.slice(i) };
      assertUnambiguous(value, part);
    }
    value = stepInto(value, part);
  }
  return { value, rest: [] };
}

/** A query follows both the position and a field of that name, an index could follow only one of them. */
function assertUnambiguous(array: unknown[], part: string): void {
  if (array.some((element) => isDocument(element) && Object.hasOwn(element, part))) {
    throw new StoreError(16746, `Ambiguous field name found in array: '${part}' is also a position`);
  }
}

function expand(walks: Walk[]): unknown[][] | undefined {
  const arrays = new Set(walks.filter(({ value }) => Array.isArray(value)).map(({ value }) => value));
  if (arrays.size > 1) return undefined;
  const [array] = arrays as Set<unknown[]>;
  if (!array) return [walks.map(({ value, rest }) => (rest.length > 0 ? null : (value ?? null)))];
  const keys: unknown[][] = [];
  for (const element of array.length > 0 ? array : [undefined]) {
    const below = expandElement(walks, array, element);
    if (!below) return undefined;
    keys.push(...below);
  }
  return keys;
}

function expandElement(walks: Walk[], array: unknown[], element: unknown): unknown[][] | undefined {
  const settled = new Map<number, unknown>();
  const below = walks.map(({ value, rest }, i): Walk => {
    if (value !== array) return { value, rest };
    // The element itself is the key, even when it is an array: only one level is expanded.
    if (rest.length === 0) settled.set(i, element);
    return rest.length > 0 && isDocument(element) ? walk(element, rest) : { value: null, rest: [] };
  });
  const keys = expand(below);
  if (settled.size === 0) return keys;
  return keys?.map((key) => key.map((value, i) => (settled.has(i) ? settled.get(i) : value)));
}
