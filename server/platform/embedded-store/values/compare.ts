import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { notImplemented } from '../errors.ts';
import { getField, typeOf, type BsonType } from './bson-types.ts';
import { exactNumber } from './numbers.ts';

/**
 * The order of BSON types (MongoDB manual, "Comparison/Sort Order"). Types of one rank are compared by value.
 * No rank is 0: index keys use that byte as the end of a list.
 */
const RANKS: Record<BsonType, number> = {
  minKey: 1,
  undefined: 2,
  null: 3,
  int: 10,
  double: 10,
  long: 10,
  decimal: 10,
  string: 15,
  symbol: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  dbPointer: 55,
  javascript: 60,
  javascriptWithScope: 65,
  maxKey: 127,
};

/** The place of a value's type in the BSON order. */
export function rankOf(value: unknown): number {
  return RANKS[typeOf(value)];
}

/** Compares two values in BSON order: negative, zero or positive. `undefined` (missing) sorts before null. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const rank = rankOf(a);
  return rank - rankOf(b) || compareSameRank(rank, a, b);
}

/** Equality in BSON order: 1, 1.0 and Long 1 are equal; field order in embedded documents counts. */
export function equalValues(a: unknown, b: unknown): boolean {
  return compareValues(a, b) === 0;
}

function compareSameRank(rank: number, a: unknown, b: unknown): number {
  switch (rank) {
    case RANKS.int:
      return compareNumbers(a, b);
    case RANKS.string:
      return compareStrings(textOf(a), textOf(b));
    case RANKS.object:
      return compareDocuments(a as object, b as object);
    case RANKS.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case RANKS.binData:
      return compareBinary(a as Binary, b as Binary);
    case RANKS.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case RANKS.bool:
      return Number(a) - Number(b);
    case RANKS.date:
      return (a as Date).getTime() - (b as Date).getTime();
    case RANKS.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case RANKS.regex:
      return compareRegexes(a, b);
    case RANKS.javascript:
      return compareStrings(textOf(a), textOf(b));
    default:
      return 0;
  }
}

function compareNumbers(a: unknown, b: unknown): number {
  if (typeOf(a) === 'decimal' || typeOf(b) === 'decimal') throw notImplemented('The type decimal');
  const x = exactNumber(a);
  const y = exactNumber(b);
  // JavaScript compares bigint with number exactly; NaN is below every number and equal to itself.
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

/** Compares by Unicode code point, which is the order of the UTF-8 bytes; `<` would go by UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return aboveSurrogates(x) - aboveSurrogates(y);
  }
  return a.length - b.length;
}

function aboveSurrogates(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function compareDocuments(a: object, b: object): number {
  const namesOfA = Object.keys(a);
  const namesOfB = Object.keys(b);
  for (let i = 0; i < namesOfA.length; i += 1) {
    const nameA = namesOfA[i] as string;
    const nameB = namesOfB[i];
    if (nameB === undefined) return 1;
    const x = getField(a, nameA);
    const y = getField(b, nameB);
    const order = rankOf(x) - rankOf(y) || compareStrings(nameA, nameB) || compareValues(x, y);
    if (order !== 0) return order;
  }
  return namesOfA.length - namesOfB.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  return x.length - y.length || subtypeOf(a) - subtypeOf(b) || Buffer.compare(x, y);
}

/** The bytes of a Binary without the spare room at the end of its buffer. */
export function bytesOf(value: Binary | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position);
}

/** The subtype byte of a Binary; plain bytes are generic. */
export function subtypeOf(value: Binary | Uint8Array): number {
  return value instanceof Uint8Array ? 0 : value.sub_type;
}

function compareRegexes(a: unknown, b: unknown): number {
  const [patternA, flagsA] = regexParts(a);
  const [patternB, flagsB] = regexParts(b);
  return compareStrings(patternA, patternB) || compareStrings(flagsA, flagsB);
}

/** Pattern and options of a stored or a JavaScript regular expression. */
export function regexParts(value: unknown): [pattern: string, options: string] {
  if (value instanceof RegExp) return [value.source, value.flags];
  const { pattern, options } = value as BSONRegExp;
  return [pattern, options];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { value: symbol, code } = value as { value?: string; code?: string };
  return symbol ?? code ?? '';
}
