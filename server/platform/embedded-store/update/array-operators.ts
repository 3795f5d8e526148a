import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { isDocument, isOperators, typeOf, type Doc } from '../values/bson-types.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { compileDocTest } from '../query/match.ts';
import { compileSort } from '../query/sort.ts';
import type { Change, FieldOperator } from './operator-types.ts';

const PUSH_MODIFIERS = new Set(['$each', '$slice', '$sort', '$position']);

/** `$push`, with `$each`, `$position`, `$sort` and `$slice` applied in this order. */
export const push: FieldOperator = (operand, path) => {
  const modifiers = isDocument(operand) && Object.hasOwn(operand, '$each') ? operand : { $each: [operand] };
  for (const name of Object.keys(modifiers)) {
    if (!PUSH_MODIFIERS.has(name)) throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  const added = eachOf(modifiers, '$push');
  const position = optionalInteger(modifiers, '$position');
  const slice = optionalInteger(modifiers, '$slice');
  const order = Object.hasOwn(modifiers, '$sort') ? elementOrder(modifiers.$sort) : undefined;
  return (value) => {
    if (value !== undefined && !Array.isArray(value)) {
      throw badValue(`The field '${path}' must be an array but is of type ${typeOf(value)}`);
    }
    const array = [...((value as unknown[] | undefined) ?? [])];
    array.splice(position ?? array.length, 0, ...added);
    if (order) array.sort(order);
    if (slice === undefined) return array;
    return slice < 0 ? array.slice(slice) : array.slice(0, slice);
  };
};

function eachOf(modifiers: Doc, operator: string): unknown[] {
  if (!Array.isArray(modifiers.$each)) {
    throw badValue(`The argument to $each in ${operator} must be an array`);
  }
  return modifiers.$each as unknown[];
}

function optionalInteger(modifiers: Doc, name: string): number | undefined {
  if (!Object.hasOwn(modifiers, name)) return undefined;
  const value = modifiers[name];
  if (!isNumeric(value) || !Number.isInteger(toNumber(value))) {
    throw badValue(`The value for ${name} must be an integer value`);
  }
  return toNumber(value);
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (isDocument(sort)) {
    const order = compileSort(sort);
    return (a, b) => order(a as Doc, b as Doc);
  }
  if (!isNumeric(sort) || Math.abs(toNumber(sort)) !== 1) {
    throw badValue('The $sort element value must be either 1 or -1');
  }
  return (a, b) => toNumber(sort) * compareValues(a, b);
}

/** `$addToSet`: elements are the same when they are equal in BSON order. */
export const addToSet: FieldOperator = (operand, path) => {
  const hasEach = isDocument(operand) && Object.keys(operand)[0] === '$each';
  const added = hasEach ? eachOf(operand, '$addToSet') : [operand];
  return (value) => {
    if (value !== undefined && !Array.isArray(value)) {
      throw badValue(`Cannot apply $addToSet to non-array field '${path}' of type ${typeOf(value)}`);
    }
    const array = [...((value as unknown[] | undefined) ?? [])];
    for (const element of added) {
      if (!array.some((present) => equalValues(present, element))) array.push(element);
    }
    return Array.isArray(value) && array.length === value.length ? (value as unknown[]) : array;
  };
};

/** `$pop`: 1 takes the last element, -1 the first. */
export const pop: FieldOperator = (operand, path) => {
  const end = isNumeric(operand) ? toNumber(operand) : NaN;
  if (Math.abs(end) !== 1) throw failedToParse(`$pop expects 1 or -1 for '${path}'`);
  return (value) => {
    if (value === undefined) return value;
    if (!Array.isArray(value)) throw typeMismatch(`Path '${path}' contains an element of non-array type`);
    return (value as unknown[]).slice(...(end > 0 ? [0, -1] : [1]));
  };
};

/** `$pull`: a document is a filter on elements that are documents, operators test the element itself. */
export const pull: FieldOperator = (operand) => without('$pull', pullTest(operand));

function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isOperators(operand) || typeOf(operand) === 'regex') {
    const test = compileDocTest({ element: operand });
    return (element) => test({ element });
  }
  if (!isDocument(operand)) return (element) => equalValues(element, operand);
  const test = compileDocTest(operand);
  return (element) => isDocument(element) && test(element);
}

/** `$pullAll`: every element equal to one of the values. */
export const pullAll: FieldOperator = (operand) => {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
  const values = operand as unknown[];
  return without('$pullAll', (element) => values.some((value) => equalValues(value, element)));
};

function without(operator: string, drops: (element: unknown) => boolean): Change {
  return (value) => {
    if (value === undefined) return value;
    if (!Array.isArray(value)) throw badValue(`Cannot apply ${operator} to a non-array value`);
    const array = value as unknown[];
    const kept = array.filter((element) => !drops(element));
    return kept.length === array.length ? array : kept;
  };
}
