import { Double, Int32, Long } from 'bson';
import { notImplemented } from '../errors.ts';
import { typeOf } from './bson-types.ts';

const INT32_MIN = -0x80000000;
const INT32_MAX = 0x7fffffff;

/** Whether a value is one of BSON's numbers; Decimal128 is refused because nothing here can calculate with it. */
export function isNumeric(value: unknown): boolean {
  const type = typeOf(value);
  if (type === 'decimal') throw notImplemented('The type decimal');
  return type === 'int' || type === 'double' || type === 'long';
}

/** A number as JavaScript holds it exactly: `bigint` only for 64-bit integers beyond 2^53. */
export function exactNumber(value: unknown): number | bigint {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  const { value: held } = value as Int32 | Double | { value?: undefined };
  if (held !== undefined) return held;
  const long = value as Long;
  const near = long.toNumber();
  return Number.isSafeInteger(near) ? near : long.toBigInt();
}

/** A number as a double, rounded when it is a 64-bit integer beyond 2^53. */
export function toNumber(value: unknown): number {
  return Number(exactNumber(value));
}

/** MongoDB's truth: everything but false, null, missing and any zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return value === true;
  return !(isNumeric(value) && toNumber(value) === 0);
}

/** Adds two BSON numbers in the wider of their types; Int32 overflow gives a Long, Long overflow a null. */
export function addNumbers(a: unknown, b: unknown): Int32 | Double | Long | null {
  return calculate(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

/** Multiplies as `addNumbers` adds. */
export function multiplyNumbers(a: unknown, b: unknown): Int32 | Double | Long | null {
  return calculate(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

/** Subtracts as `addNumbers` adds. */
export function subtractNumbers(a: unknown, b: unknown): Int32 | Double | Long | null {
  return calculate(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

function calculate(
  a: unknown,
  b: unknown,
  inDoubles: (x: number, y: number) => number,
  inIntegers: (x: bigint, y: bigint) => bigint,
): Int32 | Double | Long | null {
  const types = [typeOf(a), typeOf(b)];
  if (types.includes('double')) return new Double(inDoubles(toNumber(a), toNumber(b)));
  const wide = types.includes('long');
  const near = inDoubles(toNumber(a), toNumber(b));
  if (!wide && near >= INT32_MIN && near <= INT32_MAX) return new Int32(near);
  const exact = inIntegers(BigInt(exactNumber(a)), BigInt(exactNumber(b)));
  return BigInt.asIntN(64, exact) === exact ? Long.fromBigInt(exact) : null;
}
