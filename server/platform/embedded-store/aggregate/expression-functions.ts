import { Double, Int32, Long, ObjectId } from 'bson';
import { badValue, StoreError, typeMismatch } from '../errors.ts';
import { isDocument, setField, typeOf, type Doc } from '../values/bson-types.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import {
  addNumbers,
  exactNumber,
  isNumeric,
  isTruthy,
  multiplyNumbers,
  subtractNumbers,
  toNumber,
} from '../values/numbers.ts';
import { ACCUMULATORS, accumulate } from './accumulators.ts';

/** An operator that sees only the values of its arguments. */
interface PlainFunction {
  least: number;
  most: number;
  apply(args: unknown[]): unknown;
}

function always(least: number, most: number, apply: (...args: unknown[]) => unknown): PlainFunction {
  return { least, most, apply: (args) => apply(...args) };
}

/** Null as soon as one argument is null or missing. */
function strict(least: number, most: number, apply: (...args: unknown[]) => unknown): PlainFunction {
  return always(least, most, (...args) =>
    args.some((arg) => arg === null || arg === undefined) ? null : apply(...args),
  );
}

function compared(test: (order: number) => unknown): PlainFunction {
  return always(2, 2, (a, b) => test(compareValues(a, b)));
}

/** Operators whose arguments are all evaluated, by name. */
export const FUNCTIONS: ReadonlyMap<string, PlainFunction> = new Map<string, PlainFunction>([
  ['$eq', compared((order) => order === 0)],
  ['$ne', compared((order) => order !== 0)],
  ['$gt', compared((order) => order > 0)],
  ['$gte', compared((order) => order >= 0)],
  ['$lt', compared((order) => order < 0)],
  ['$lte', compared((order) => order <= 0)],
  ['$cmp', compared((order) => new Int32(Math.sign(order)))],
  ['$not', always(1, 1, (value) => !isTruthy(value))],
  ['$add', strict(0, Infinity, (...args) => args.reduce(add, new Int32(0)))],
  ['$subtract', strict(2, 2, subtract)],
  [
    '$multiply',
    strict(0, Infinity, (...args) => args.reduce((a, b) => widen('$multiply', a, b), new Int32(1))),
  ],
  ['$divide', strict(2, 2, divide)],
  ['$mod', strict(2, 2, modulo)],
  ['$abs', rounding('$abs', Math.abs)],
  ['$ceil', rounding('$ceil', Math.ceil)],
  ['$floor', rounding('$floor', Math.floor)],
  ['$trunc', rounding('$trunc', Math.trunc)],
  ['$concat', strict(0, Infinity, (...args) => args.map((arg) => text('$concat', arg)).join(''))],
  ['$toLower', always(1, 1, (value) => asText(value ?? '').toLowerCase())],
  ['$toUpper', always(1, 1, (value) => asText(value ?? '').toUpperCase())],
  ['$toString', strict(1, 1, asText)],
  ['$strLenCP', always(1, 1, (value) => new Int32([...text('$strLenCP', value)].length))],
  ['$toObjectId', strict(1, 1, toObjectId)],
  ['$type', always(1, 1, (value) => (value === undefined ? 'missing' : typeOf(value)))],
  ['$isArray', always(1, 1, (value) => Array.isArray(value))],
  ['$size', always(1, 1, (value) => new Int32(list('$size', value).length))],
  ['$in', always(2, 2, (value, array) => list('$in', array).some((element) => equalValues(element, value)))],
  ['$arrayElemAt', strict(2, 2, (array, index) => list('$arrayElemAt', array).at(toNumber(index)))],
  ['$first', strict(1, 1, (array) => list('$first', array).at(0))],
  ['$last', strict(1, 1, (array) => list('$last', array).at(-1))],
  ['$slice', strict(2, 3, slice)],
  ['$concatArrays', strict(0, Infinity, (...args) => args.flatMap((arg) => list('$concatArrays', arg)))],
  ['$mergeObjects', always(0, Infinity, merge)],
  ...['$sum', '$avg', '$min', '$max'].map((name): [string, PlainFunction] => [
    name,
    always(0, Infinity, (...args) => overNumbers(name, args)),
  ]),
]);

function widen(name: '$add' | '$multiply', a: unknown, b: unknown): unknown {
  if (!isNumeric(a) || !isNumeric(b))
    throw typeMismatch(`${name} only supports numeric types, not ${typeOf(b)}`);
  if (name === '$add') return addNumbers(a, b) ?? new Double(toNumber(a) + toNumber(b));
  return multiplyNumbers(a, b) ?? new Double(toNumber(a) * toNumber(b));
}

function add(a: unknown, b: unknown): unknown {
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() + Math.round(toNumber(b)));
  if (b instanceof Date && isNumeric(a)) return new Date(b.getTime() + Math.round(toNumber(a)));
  return widen('$add', a, b);
}

function subtract(a: unknown, b: unknown): unknown {
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
  if (!isNumeric(a) || !isNumeric(b)) throw typeMismatch(`can't $subtract ${typeOf(b)} from ${typeOf(a)}`);
  return subtractNumbers(a, b) ?? new Double(toNumber(a) - toNumber(b));
}

function divide(a: unknown, b: unknown): unknown {
  if (!isNumeric(a) || !isNumeric(b)) throw typeMismatch('$divide only supports numeric types');
  if (toNumber(b) === 0) throw badValue("can't $divide by zero");
  return new Double(toNumber(a) / toNumber(b));
}

function modulo(a: unknown, b: unknown): unknown {
  if (!isNumeric(a) || !isNumeric(b)) throw typeMismatch('$mod only supports numeric types');
  if (toNumber(b) === 0) throw new StoreError(16610, "can't $mod by zero");
  const types = [typeOf(a), typeOf(b)];
  if (types.includes('double')) return new Double(toNumber(a) % toNumber(b));
  const rest = BigInt(exactNumber(a)) % BigInt(exactNumber(b));
  return types.includes('long') ? Long.fromBigInt(rest) : new Int32(Number(rest));
}

/** Integers are whole already; only `$abs` changes them. */
function rounding(name: string, round: (value: number) => number): PlainFunction {
  return strict(1, 1, (value) => {
    if (!isNumeric(value)) throw typeMismatch(`${name} only supports numeric types, not ${typeOf(value)}`);
    if (typeOf(value) === 'double') return new Double(round(toNumber(value)));
    return name === '$abs' && toNumber(value) < 0 ? subtractNumbers(0, value) : value;
  });
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw typeMismatch(`${name} only supports strings, not ${typeOf(value)}`);
  return value;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (isNumeric(value)) return String(exactNumber(value));
  throw new StoreError(241, `Unsupported conversion from ${typeOf(value)} to string`);
}

function toObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw new StoreError(241, `Failed to parse objectId in $convert`);
}

function list(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new StoreError(17124, `The argument to ${name} must be an array`);
  return value as unknown[];
}

function slice(value: unknown, first: unknown, second?: unknown): unknown {
  const array = list('$slice', value);
  const from = toNumber(first);
  if (second === undefined) return from < 0 ? array.slice(from) : array.slice(0, from);
  const start = from < 0 ? Math.max(0, array.length + from) : from;
  return array.slice(start, start + toNumber(second));
}

function merge(...args: unknown[]): unknown {
  const merged: Doc = {};
  for (const doc of args) {
    if (doc === null || doc === undefined) continue;
    if (!isDocument(doc)) throw new StoreError(40400, '$mergeObjects requires object inputs');
    for (const key of Object.keys(doc)) setField(merged, key, doc[key]);
  }
  return merged;
}

/** As an expression, an accumulator runs over its arguments, or over the one array it is given. */
function overNumbers(name: string, args: unknown[]): unknown {
  const [only] = args;
  const values = args.length === 1 && Array.isArray(only) ? (only as unknown[]) : args;
  const start = ACCUMULATORS.get(name);
  return start ? accumulate(start, values) : null;
}
