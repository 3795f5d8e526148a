import { expect } from 'chai';
import fc from 'fast-check';
import { StoreError } from '../../../server/platform/embedded-store/errors.ts';
import { compileFilter } from '../../../server/platform/embedded-store/query/match.ts';
import { compileSortOrder, sortDocuments } from '../../../server/platform/embedded-store/query/sort.ts';
import { applyUpdate } from '../../../server/platform/embedded-store/update/apply-update.ts';
import { canonical, stored } from './stored-documents.ts';

// The models work on plain JSON values and are written without the store's code: slow, literal readings of the manual.

type Json = null | number | string | Json[] | { [name: string]: Json };
type Fields = Record<string, Json>;

const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', 'y'), fc.constant(null));
const inner: fc.Arbitrary<Json> = fc.dictionary(fc.constantFrom('x', 'y'), scalar, {
  maxKeys: 2,
  noNullPrototype: true,
});
const value: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  { arbitrary: fc.array(fc.oneof(scalar, inner), { maxLength: 3 }), weight: 2 },
  { arbitrary: inner, weight: 2 },
);
const doc: fc.Arbitrary<Fields> = fc.dictionary(fc.constantFrom('a', 'b', 'l'), value, {
  maxKeys: 3,
  noNullPrototype: true,
});
const path = fc.constantFrom('a', 'b', 'l', 'a.x', 'l.x', 'l.0', 'l.1.x', 'a.0.y');

function isFields(json: Json | undefined): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function typeRank(json: Json): number {
  if (json === null) return 0;
  if (typeof json === 'number') return 1;
  if (typeof json === 'string') return 2;
  return Array.isArray(json) ? 4 : 3;
}

function order(a: Json, b: Json): number {
  if (typeRank(a) !== typeRank(b)) return typeRank(a) - typeRank(b);
  if (Array.isArray(a) && Array.isArray(b))
    return orderLists(
      a.map((json) => [json]),
      b.map((json) => [json]),
    );
  if (isFields(a) && isFields(b)) {
    const parts = (fields: Fields): Json[][] =>
      Object.entries(fields).map(([name, json]) => [typeRank(json), name, json]);
    return orderLists(parts(a), parts(b));
  }
  return a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
}

function orderLists(a: Json[][], b: Json[][]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    for (const [j, part] of (a[i] ?? []).entries()) {
      const result = order(part, b[i]?.[j] ?? null);
      if (result !== 0) return result;
    }
  }
  return a.length - b.length;
}

/** Every value that a path reaches; `undefined` where it reaches nothing. */
function reached(json: Json, parts: string[]): (Json | undefined)[] {
  const [head, ...rest] = parts;
  if (head === undefined) return Array.isArray(json) ? [...json, json] : [json];
  if (Array.isArray(json)) {
    return json.flatMap((element, i) => {
      const through = isFields(element) ? reached(element, parts) : [];
      if (String(i) !== head) return through;
      if (rest.length === 0) return [...through, element];
      return typeof element === 'object' && element !== null
        ? [...through, ...reached(element, rest)]
        : through;
    });
  }
  return isFields(json) && head in json ? reached(json[head] as Json, rest) : [undefined];
}

const OPERATORS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'] as const;

function holds(operator: (typeof OPERATORS)[number], found: (Json | undefined)[], operand: Json): boolean {
  const sameType = found.map((json) => json ?? null).filter((json) => typeRank(json) === typeRank(operand));
  const some = (test: (result: number) => boolean) => sameType.some((json) => test(order(json, operand)));
  switch (operator) {
    case '$eq':
      return some((result) => result === 0);
    case '$ne':
      return !some((result) => result === 0);
    case '$gt':
      return some((result) => result > 0);
    case '$gte':
      return some((result) => result >= 0);
    case '$lt':
      return some((result) => result < 0);
    case '$lte':
      return some((result) => result <= 0);
  }
}

const PATHS_OF_UPDATES = ['a', 'b', 'l', 'a.x', 'l.0', 'l.2', 'l.1.x'] as const;
const change = fc.record({
  operator: fc.constantFrom('$set', '$unset', '$inc', '$min', '$max', '$push', '$addToSet', '$pull', '$pop'),
  path: fc.constantFrom(...PATHS_OF_UPDATES),
  operand: value,
});

class Refused extends Error {}

/** A literal updater: changes a copy in place, and throws where MongoDB would. */
function modelUpdate(
  source: Fields,
  { operator, path: dotted, operand }: { operator: string; path: string; operand: Json },
): Fields {
  if (operator === '$pop' && operand !== 1 && operand !== -1) throw new Refused();
  const copy = structuredClone(source);
  const parts = dotted.split('.');
  const last = parts.pop() as string;
  let holder: Json = copy;
  const creates = !['$unset', '$pull', '$pop'].includes(operator);
  for (const part of parts) {
    if (Array.isArray(holder) ? !/^\d+$/.test(part) : !isFields(holder)) {
      if (operator === '$unset') return source;
      throw new Refused();
    }
    const fields = holder as Fields;
    if (fields[part] === undefined) {
      if (!creates) return source;
      if (Array.isArray(holder)) while (holder.length < Number(part)) holder.push(null);
      fields[part] = {};
    }
    holder = fields[part];
  }
  if (Array.isArray(holder) ? !/^\d+$/.test(last) : !isFields(holder)) {
    if (operator === '$unset') return source;
    throw new Refused();
  }
  const fields = holder as Fields;
  const old = fields[last];
  if (operator === '$unset') {
    if (Array.isArray(holder) && old !== undefined) fields[last] = null;
    else delete fields[last];
    return copy;
  }
  const result = modelChange(operator, old, operand);
  if (result === undefined) return source;
  if (Array.isArray(holder)) while (holder.length < Number(last)) holder.push(null);
  fields[last] = result;
  return copy;
}

function modelChange(operator: string, old: Json | undefined, operand: Json): Json | undefined {
  const list = (): Json[] => {
    if (old !== undefined && !Array.isArray(old)) throw new Refused();
    return old ?? [];
  };
  switch (operator) {
    case '$set':
      return operand;
    case '$inc':
      if (typeof operand !== 'number' || (old !== undefined && typeof old !== 'number')) throw new Refused();
      return (old ?? 0) + operand;
    case '$min':
      return old === undefined || order(operand, old) < 0 ? operand : old;
    case '$max':
      return old === undefined || order(operand, old) > 0 ? operand : old;
    case '$push':
      return [...list(), operand];
    case '$addToSet':
      return list().some((element) => order(element, operand) === 0) ? old : [...list(), operand];
    case '$pull': {
      const matches = (element: Json) =>
        isFields(operand)
          ? isFields(element) &&
            Object.entries(operand).every(([name, json]) => holds('$eq', reached(element, [name]), json))
          : order(element, operand) === 0;
      return old === undefined ? undefined : list().filter((element) => !matches(element));
    }
    default:
      if (old === undefined) return undefined;
      return operand === 1 ? list().slice(0, -1) : list().slice(1);
  }
}

describe('against a naive model', () => {
  it('the matcher agrees on comparisons over every kind of path', () => {
    fc.assert(
      fc.property(doc, path, fc.constantFrom(...OPERATORS), value, (source, dotted, operator, operand) => {
        const expected = holds(operator, reached(source, dotted.split('.')), operand);
        const filter = { [dotted]: { [operator]: operand } };
        expect(compileFilter(stored(filter)).matches(stored(source))).to.equal(expected);
      }),
      { numRuns: 4000 },
    );
  });

  it('the matcher agrees on $in, $nin, $not, $and, $or and $nor', () => {
    const leaf = fc.tuple(path, fc.array(value, { minLength: 1, maxLength: 2 }));
    fc.assert(
      fc.property(doc, leaf, leaf, (source, [pathA, listA], [pathB, listB]) => {
        const isIn = (dotted: string, list: Json[]) =>
          list.some((json) => holds('$eq', reached(source, dotted.split('.')), json));
        const [a, b] = [isIn(pathA, listA), isIn(pathB, listB)];
        const filters = [{ [pathA]: { $in: listA } }, { [pathB]: { $not: { $nin: listB } } }];
        const matches = (filter: object) => compileFilter(stored(filter)).matches(stored(source));
        expect(matches({ $and: filters })).to.equal(a && b);
        expect(matches({ $or: filters })).to.equal(a || b);
        expect(matches({ $nor: filters })).to.equal(!a && !b);
        expect(matches({ [pathA]: { $nin: listA } })).to.equal(!a);
      }),
      { numRuns: 1000 },
    );
  });

  it('a sort agrees on fields with scalars, arrays and nothing', () => {
    const direction = fc.constantFrom(1, -1);
    fc.assert(
      fc.property(fc.array(doc, { maxLength: 6 }), direction, (docs, up) => {
        const numbered = docs.map((source, n) => ({ ...source, n }));
        // An empty array sorts before null; the model gives it a rank of its own.
        const keyOf = (source: Fields): Json[] => {
          const field = source.a ?? null;
          if (!Array.isArray(field)) return [1, field];
          if (field.length === 0) return [0, 0];
          return [1, [...field].sort((x, y) => up * order(x, y))[0] ?? null];
        };
        const expected = [...numbered].sort((x, y) => up * orderLists([keyOf(x)], [keyOf(y)]));
        const result = sortDocuments(numbered.map(stored), compileSortOrder({ a: up }));
        expect(canonical(result)).to.equal(canonical(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it('the updater agrees on every operator and path, and refuses the same', () => {
    const now = new Date(0);
    let refusals = 0;
    fc.assert(
      fc.property(doc, change, (source, { operator, path: dotted, operand }) => {
        const before = stored(source);
        const run = () =>
          applyUpdate(before, stored({ [operator]: { [dotted]: operand } }), { now, inserting: false });
        let expected: Fields;
        try {
          expected = modelUpdate(source, { operator, path: dotted, operand });
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          refusals += 1;
          expect(run).to.throw(StoreError);
          return;
        }
        const result = run();
        expect(canonical(result.doc)).to.equal(canonical(expected));
        // MongoDB counts an element that is unset while null already as modified.
        if (operator !== '$unset') expect(result.changed).to.equal(canonical(expected) !== canonical(source));
        expect(canonical(before)).to.equal(canonical(source));
      }),
      { numRuns: 6000 },
    );
    expect(refusals).to.be.above(100);
  });
});
