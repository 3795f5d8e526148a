import { Long, Timestamp } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import { isDocument, typeOf } from '../values/bson-types.ts';
import { compareValues } from '../values/compare.ts';
import { addNumbers, isNumeric, multiplyNumbers } from '../values/numbers.ts';
import type { FieldOperator } from './operator-types.ts';

/** `$set`, `$setOnInsert`. */
export const set: FieldOperator = (operand) => () => operand;

/** `$min` and `$max`: the BSON order decides, a missing field takes the operand. */
export function extreme(direction: 1 | -1): FieldOperator {
  return (operand) => (value) => {
    if (value === undefined) return operand;
    return direction * compareValues(operand, value) > 0 ? operand : value;
  };
}

/** `$inc` and `$mul`: a missing field becomes the increment, or zero of the factor's type. */
export function arithmetic(name: '$inc' | '$mul'): FieldOperator {
  const calculate = name === '$inc' ? addNumbers : multiplyNumbers;
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return (operand, path) => {
    if (!isNumeric(operand)) throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}}`);
    return (value) => {
      if (value === undefined) return name === '$inc' ? operand : multiplyNumbers(operand, 0);
      if (!isNumeric(value)) {
        throw typeMismatch(
          `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of type ${typeOf(value)}`,
        );
      }
      const result = calculate(value, operand);
      if (result === null) throw badValue(`Failed to apply ${name} to '${path}': the result exceeds 64 bits`);
      return result;
    };
  };
}

/** `$currentDate`: `true` or `{ $type: 'date' | 'timestamp' }`. */
export const currentDate: FieldOperator = (operand, path, { now }) => {
  const type = isDocument(operand) ? operand.$type : operand;
  if (type === 'timestamp') {
    const seconds = BigInt(Math.floor(now.getTime() / 1000));
    return () => new Timestamp(Long.fromBigInt((seconds << 32n) | 1n));
  }
  if (typeof operand === 'boolean' || type === 'date') return () => now;
  throw badValue(`The $currentDate of '${path}' must be true or {$type: 'date' | 'timestamp'}`);
};
