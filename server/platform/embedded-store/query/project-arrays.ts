import { badValue, StoreError } from '../errors.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';

/** `$slice` of a find: a count from the start or, negative, from the end; or `[skip, limit]`. */
export function sliceOf(operand: unknown): (array: unknown[]) => unknown[] {
  const numbers = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  if (numbers.length === 0 || numbers.length > 2 || !numbers.every(isNumeric)) {
    throw badValue('$slice only supports numbers and [skip, limit] arrays');
  }
  const [first = 0, second] = numbers.map(toNumber);
  if (second === undefined) return (array) => (first < 0 ? array.slice(first) : array.slice(0, first));
  if (second <= 0) throw badValue('The limit of $slice must be positive');
  return (array) => {
    const start = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(start, start + second);
  };
}

/** The positional `$` of a find: the element the filter matched. */
export function elementAt(array: unknown[], position: number | undefined): unknown[] {
  if (position === undefined || position >= array.length) {
    throw new StoreError(51246, "positional operator '.$' couldn't find a matching element in the array");
  }
  return [array[position]];
}
