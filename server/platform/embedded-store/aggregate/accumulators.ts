import { Double, Int32 } from 'bson';
import { encodeIndexKey } from '../values/index-key.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { addNumbers, isNumeric, toNumber } from '../values/numbers.ts';

/** Gathers the values of one group. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** The accumulators of `$group`, by name. */
export const ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map([
  ['$sum', sum],
  ['$avg', average],
  ['$min', () => extreme(-1)],
  ['$max', () => extreme(1)],
  ['$first', first],
  ['$last', last],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$count', count],
]);

/** Runs an accumulator over values at once. */
export function accumulate(start: () => Accumulator, values: readonly unknown[]): unknown {
  const accumulator = start();
  for (const value of values) accumulator.add(value);
  return accumulator.result();
}

function sum(): Accumulator {
  let total: unknown = new Int32(0);
  return {
    add(value) {
      if (isNumber(value)) total = addNumbers(total, value) ?? new Double(toNumber(total) + toNumber(value));
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let [total, seen] = [0, 0];
  return {
    add(value) {
      if (!isNumber(value)) return;
      total += toNumber(value);
      seen += 1;
    },
    result: () => (seen > 0 ? new Double(total / seen) : null),
  };
}

/** Everything that is no number is left out of sums and averages. */
function isNumber(value: unknown): boolean {
  return value !== null && typeof value !== 'string' && isNumeric(value);
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown = null;
  return {
    add(value) {
      if (value === undefined || value === null) return;
      if (best === null || direction * compareValues(value, best) > 0) best = value;
    },
    result: () => best,
  };
}

function first(): Accumulator {
  let [seen, kept]: [boolean, unknown] = [false, null];
  return {
    add(value) {
      if (!seen) kept = value ?? null;
      seen = true;
    },
    result: () => kept,
  };
}

function last(): Accumulator {
  let kept: unknown = null;
  return { add: (value) => (kept = value ?? null), result: () => kept };
}

function push(): Accumulator {
  const values: unknown[] = [];
  return { add: (value) => value !== undefined && values.push(value), result: () => values };
}

function addToSet(): Accumulator {
  const values = new ValueMap<unknown>();
  return {
    add: (value) => value !== undefined && values.getOrAdd(value, () => value),
    result: () => [...values],
  };
}

function count(): Accumulator {
  let total: unknown = new Int32(0);
  return { add: () => (total = addNumbers(total, new Int32(1))), result: () => total };
}

/** A map by BSON equality: 1, 1.0 and Long 1 are one key. Keeps the order of first use. */
export class ValueMap<T> {
  private readonly buckets = new Map<string, { key: unknown; value: T }[]>();
  private readonly values: T[] = [];

  getOrAdd(key: unknown, make: () => T): T {
    const encoded = encodeIndexKey([key]);
    const name = encoded.key.toString('latin1');
    const bucket = this.buckets.get(name) ?? [];
    const existing = bucket.find((entry) => encoded.exact || equalValues(entry.key, key));
    if (existing) return existing.value;
    const value = make();
    bucket.push({ key, value });
    this.buckets.set(name, bucket);
    this.values.push(value);
    return value;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.values[Symbol.iterator]();
  }
}
