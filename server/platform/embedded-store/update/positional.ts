import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { compileDocTest } from '../query/match.ts';
import { isDocument } from '../values/bson-types.ts';
import type { Draft } from './draft.ts';

/** Array filters by their identifier. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/**
 * Compiles `arrayFilters`.
 *
 * @throws StoreError 14 for something that is no array, 9 for a filter without exactly one identifier, or two for the same one.
 */
export function compileArrayFilters(filters: unknown): ArrayFilters {
  if (!Array.isArray(filters)) throw typeMismatch("The field 'arrayFilters' must be an array");
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters as unknown[]) {
    const names = new Set(identifiersIn(filter));
    const [name] = names;
    if (names.size !== 1 || name === undefined || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw failedToParse('Error parsing array filter: it must name exactly one identifier');
    }
    if (compiled.has(name)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    }
    const test = compileDocTest(filter);
    compiled.set(name, (element) => test({ [name]: element }));
  }
  return compiled;
}

function identifiersIn(filter: unknown): string[] {
  if (!isDocument(filter)) throw failedToParse('An array filter must be an object');
  return Object.keys(filter).flatMap((key) => {
    const operand = filter[key];
    if (!key.startsWith('$')) return [key.split('.', 1)[0] as string];
    return Array.isArray(operand) ? operand.flatMap(identifiersIn) : [];
  });
}

/** Whether a path has to be resolved against the document before it can be used. */
export function isPositional(parts: readonly string[]): boolean {
  return parts.some((part) => part.startsWith('$'));
}

/**
 * The concrete paths that `$`, `$[]` and `$[identifier]` stand for in this document.
 *
 * @throws StoreError 2 without a match for `$`, or when `$[…]` meets something that is no array.
 */
export function resolvePositions(
  draft: Draft,
  parts: readonly string[],
  filters: ArrayFilters,
  position: number | undefined,
): string[][] {
  let paths: string[][] = [[]];
  for (const part of parts) {
    if (part === '$') {
      if (position === undefined) {
        throw badValue('The positional operator did not find the match needed from the query.');
      }
      paths = paths.map((path) => [...path, String(position)]);
    } else if (part.startsWith('$[')) {
      const filter = filters.get(part.slice(2, -1)) ?? (() => true);
      paths = paths.flatMap((path) => elementPaths(draft, path, filter));
    } else {
      paths = paths.map((path) => [...path, part]);
    }
  }
  return paths;
}

function elementPaths(draft: Draft, path: string[], filter: (element: unknown) => boolean): string[][] {
  const array = draft.read(path);
  const name = path.join('.');
  if (array === undefined) {
    throw badValue(`The path '${name}' must exist in the document in order to apply array updates.`);
  }
  if (!Array.isArray(array)) throw badValue(`Cannot apply array updates to non-array element ${name}`);
  return array.flatMap((element, i) => (filter(element) ? [[...path, String(i)]] : []));
}
