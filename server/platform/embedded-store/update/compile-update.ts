import { badValue, failedToParse, notImplemented, StoreError } from '../errors.ts';
import { isDocument, typeOf, type Doc } from '../values/bson-types.ts';
import { compareStrings } from '../values/compare.ts';
import { isArrayIndex } from '../values/paths.ts';
import * as arrays from './array-operators.ts';
import * as fields from './field-operators.ts';
import type { Change, FieldOperator, UpdateContext } from './operator-types.ts';
import type { ArrayFilters } from './positional.ts';

/** One operator on one path. */
export interface Step {
  operator: string;
  path: string;
  parts: string[];
  change: Change;
  /** `$rename` only: where the value goes. */
  target?: string[];
}

const OPERATORS = new Map<string, FieldOperator>([
  ['$set', fields.set],
  ['$setOnInsert', fields.set],
  ['$unset', () => () => undefined],
  ['$inc', fields.arithmetic('$inc')],
  ['$mul', fields.arithmetic('$mul')],
  ['$min', fields.extreme(-1)],
  ['$max', fields.extreme(1)],
  ['$currentDate', fields.currentDate],
  ['$rename', () => () => undefined],
  ['$push', arrays.push],
  ['$addToSet', arrays.addToSet],
  ['$pull', arrays.pull],
  ['$pullAll', arrays.pullAll],
  ['$pop', arrays.pop],
]);

/** Whether an update is made of operators rather than a replacement document. */
export function hasOperators(update: Doc): boolean {
  return Object.keys(update)[0]?.startsWith('$') === true;
}

/**
 * The steps of an operator update, in the order MongoDB applies them: by path, positions numerically.
 *
 * @throws StoreError 9, 238, 40, 52 or 56 for what cannot be applied to any document.
 */
export function compileSteps(update: Doc, filters: ArrayFilters, context: UpdateContext): Step[] {
  const steps = Object.keys(update).flatMap((name) => compileOperator(name, update[name], context));
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  assertNoConflicts(steps);
  assertFiltersUsed(steps, filters);
  return steps;
}

function compileOperator(operator: string, operands: unknown, context: UpdateContext): Step[] {
  if (operator === '$bit') throw notImplemented('The update operator $bit');
  const compile = OPERATORS.get(operator);
  if (!compile) {
    throw failedToParse(`Unknown modifier: ${operator}. Expected a valid update modifier`);
  }
  if (!isDocument(operands)) {
    throw failedToParse(`Modifiers operate on fields but we found type ${typeOf(operands)} in ${operator}`);
  }
  return Object.keys(operands).map((path) => {
    const parts = checkedParts(path);
    const step: Step = { operator, path, parts, change: compile(operands[path], path, context) };
    if (operator === '$rename') step.target = renameTarget(path, operands[path]);
    return step;
  });
}

function checkedParts(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (parts[0]?.startsWith('$')) {
    if (parts[0] === '$' || parts[0].startsWith('$[')) {
      throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
    }
    throw dollarPrefixed(path);
  }
  if (parts.filter((part) => part === '$').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  if (parts.some((part) => part.startsWith('$') && !/^\$$|^\$\[.*\]$/.test(part))) throw dollarPrefixed(path);
  return parts;
}

function dollarPrefixed(path: string): StoreError {
  return new StoreError(52, `The dollar ($) prefixed field in '${path}' is not valid for storage.`);
}

function renameTarget(path: string, operand: unknown): string[] {
  if (typeof operand !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${path}`);
  if (operand === path) throw badValue(`The source and target field for $rename must differ: ${path}`);
  if (`${path}.${operand}`.includes('$')) throw badValue(`The fields of $rename may not be dynamic: ${path}`);
  return checkedParts(operand);
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    const numeric = isArrayIndex(part) && isArrayIndex(other);
    const order = numeric ? Number(part) - Number(other) : compareStrings(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** @throws StoreError 40 when one path is another or leads through it. */
export function assertNoOverlap(paths: readonly (readonly string[])[]): void {
  const seen = new Set<string>();
  const prefixes = new Set<string>();
  for (const parts of paths) {
    const path = parts.join('.');
    const ways = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
    if (prefixes.has(path) || ways.some((way) => seen.has(way))) {
      throw new StoreError(40, `Updating the path '${path}' would create a conflict at '${path}'`);
    }
    seen.add(path);
    for (const way of ways) prefixes.add(way);
  }
}

function assertNoConflicts(steps: Step[]): void {
  if (steps.length < 2 && !steps[0]?.target) return;
  assertNoOverlap(steps.flatMap(({ parts, target }) => (target ? [parts, target] : [parts])));
}

function assertFiltersUsed(steps: Step[], filters: ArrayFilters): void {
  const used = new Set<string>();
  for (const { parts, path } of steps) {
    for (const part of parts) {
      const name = /^\$\[(.+)\]$/.exec(part)?.[1];
      if (name === undefined) continue;
      if (!filters.has(name)) {
        throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
      }
      used.add(name);
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
    }
  }
}
