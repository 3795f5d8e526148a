import { EJSON, ObjectId } from 'bson';
import { isNumeric, toNumber } from '../values/numbers.ts';

/** A value as the server's shell writes it, for error texts. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isNumeric(value)) return String(toNumber(value));
  return EJSON.stringify(value);
}
