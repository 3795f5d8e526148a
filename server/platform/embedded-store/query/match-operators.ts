import { badValue, failedToParse, notImplemented } from '../errors.ts';
import { isOperators, TYPE_NUMBERS, typeOf, type BsonType } from '../values/bson-types.ts';
import { compareValues, equalValues, rankOf, regexParts } from '../values/compare.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { compileRegex } from './regex.ts';
import type { ValueTest } from './visit-path.ts';

const NUMBER_RANK = rankOf(0);

/** From this length on, `$in` looks values up by their index key instead of comparing with each. */
const LONG_LIST = 20;

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}

function isNaNValue(value: unknown): boolean {
  return rankOf(value) === NUMBER_RANK && Number.isNaN(toNumber(value));
}

/** `$eq`: null also stands for missing. */
export function equalTo(operand: unknown): ValueTest {
  if (isNull(operand)) return isNull;
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  return (value) => value !== undefined && equalValues(value, operand);
}

/** `$gt $gte $lt $lte`: only values of the operand's type can match. */
export function comparedTo(operator: '$gt' | '$gte' | '$lt' | '$lte', operand: unknown): ValueTest {
  const orEqual = operator.endsWith('e');
  const greater = operator.startsWith('$g');
  if (isNull(operand)) return orEqual ? isNull : () => false;
  const type = typeOf(operand);
  if (type === 'minKey' || type === 'maxKey') return comparedToEnd(type, greater, orEqual);
  if (type === 'regex') throw badValue(`Can't have RegEx as arg to predicate over field with ${operator}.`);
  if (isNaNValue(operand)) return (value) => orEqual && isNaNValue(value);
  const rank = rankOf(operand);
  return (value) => {
    if (value === undefined || rankOf(value) !== rank || isNaNValue(value)) return false;
    const order = compareValues(value, operand);
    return order === 0 ? orEqual : order > 0 === greater;
  };
}

function comparedToEnd(type: BsonType, greater: boolean, orEqual: boolean): ValueTest {
  const everything = (type === 'minKey') === greater;
  return (value) => (typeOf(value) === type ? orEqual : everything);
}

/** `$in`: equality with any of the values, or a match of any of the regular expressions. */
export function oneOf(operand: unknown, operator: string): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  let exact = operand.length >= LONG_LIST;
  const keys = new Set<string>();
  const tests = (operand as unknown[]).map((value) => {
    if (isOperators(value)) throw badValue(`cannot nest $ under ${operator}`);
    if (typeOf(value) === 'regex') exact = false;
    if (exact) exact = addKey(keys, value);
    return typeOf(value) === 'regex' ? matchesRegex(value) : equalTo(value);
  });
  if (!exact) return (value) => tests.some((test) => test(value));
  return (value) => keys.has(encodeIndexKey([value ?? null]).key.toString('latin1'));
}

function addKey(keys: Set<string>, value: unknown): boolean {
  const { key, exact } = encodeIndexKey([value ?? null]);
  keys.add(key.toString('latin1'));
  return exact;
}

/** `$regex`, or a regular expression as a value. A stored regular expression is matched by an equal one. */
export function matchesRegex(pattern: unknown, options?: unknown): ValueTest {
  const [source, flags] = typeOf(pattern) === 'regex' ? regexParts(pattern) : [pattern, ''];
  if (typeof source !== 'string') throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  const regex = compileRegex(source, options ?? flags);
  const stored = typeOf(pattern) === 'regex' ? pattern : undefined;
  return (value) =>
    typeof value === 'string' ? regex.test(value) : stored !== undefined && equalTo(stored)(value);
}

/** `$size`. */
export function hasSize(operand: unknown): ValueTest {
  if (!isNumeric(operand)) throw failedToParse('$size needs a number');
  const size = toNumber(operand);
  if (!Number.isInteger(size)) throw failedToParse('$size must be a whole number');
  if (size < 0) throw failedToParse('$size may not be negative');
  return (value) => Array.isArray(value) && value.length === size;
}

/** `$type`: names, numbers or a list of them; `number` stands for every numeric type. */
export function hasType(operand: unknown): ValueTest {
  const wanted = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).flatMap(typesNamed);
  if (wanted.length === 0) throw failedToParse('$type must match at least one type');
  return (value) => value !== undefined && wanted.includes(typeOf(value));
}

function typesNamed(operand: unknown): BsonType[] {
  if (operand === 'number') return ['int', 'long', 'double'];
  const names = Object.keys(TYPE_NUMBERS) as BsonType[];
  const number = typeof operand === 'string' ? undefined : isNumeric(operand) ? toNumber(operand) : NaN;
  const type = names.find((name) =>
    number === undefined ? name === operand : TYPE_NUMBERS[name] === number,
  );
  if (type === undefined) throw badValue(`Unknown type name alias or code: ${String(operand)}`);
  if (type === 'decimal') throw notImplemented('The type decimal');
  return [type];
}
