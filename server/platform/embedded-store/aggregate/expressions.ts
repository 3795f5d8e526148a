import { badValue, notImplemented } from '../errors.ts';
import { isDocument, setField } from '../values/bson-types.ts';
import { compareValues } from '../values/compare.ts';
import { addNumbers, isNumeric, subtractNumbers, toNumber } from '../values/numbers.ts';
import { stepInto } from '../values/paths.ts';

/** What an expression can see: the document and named variables (`$$this`, `$let`). */
export interface Scope {
  root: unknown;
  variables?: ReadonlyMap<string, unknown>;
}

export type Evaluate = (scope: Scope) => unknown;

/** MongoDB's truth: everything but false, null, missing and any zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumeric(value) && toNumber(value) === 0);
}

/**
 * Compiles an aggregation expression.
 *
 * @throws StoreError 238 for an operator that is not on the list.
 */
export function compileExpression(source: unknown): Evaluate {
  if (typeof source === 'string' && source.startsWith('$')) return compilePath(source);
  if (Array.isArray(source)) {
    const parts = source.map(compileExpression);
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDocument(source)) return () => source;
  const keys = Object.keys(source);
  const [first] = keys;
  if (first?.startsWith('$')) return compileOperator(first, source[first]);
  const fields = keys.map((key) => [key, compileExpression(source[key])] as const);
  return (scope) => {
    const doc = {};
    for (const [key, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) setField(doc, key, value);
    }
    return doc;
  };
}

function compilePath(source: string): Evaluate {
  const isVariable = source.startsWith('$$');
  const [head = '', ...rest] = source.slice(isVariable ? 2 : 1).split('.');
  if (!isVariable) return (scope) => fieldAt(scope.root, [head, ...rest], 0);
  if (head === 'ROOT' || head === 'CURRENT') return (scope) => fieldAt(scope.root, rest, 0);
  return (scope) => fieldAt(scope.variables?.get(head), rest, 0);
}

/** A path in an expression goes through arrays and gives an array; positions are not looked at. */
function fieldAt(value: unknown, parts: string[], from: number): unknown {
  if (from === parts.length) return value;
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => fieldAt(element, parts, from))
      .filter((found) => found !== undefined);
  }
  return fieldAt(stepInto(value, parts[from] as string), parts, from + 1);
}

function compileOperator(name: string, operand: unknown): Evaluate {
  const args = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(compileExpression);
  const [a = () => null, b = () => null] = args;
  switch (name) {
    case '$literal':
      return () => operand;
    case '$eq':
      return (scope) => compareValues(a(scope), b(scope)) === 0;
    case '$ne':
      return (scope) => compareValues(a(scope), b(scope)) !== 0;
    case '$gt':
      return (scope) => compareValues(a(scope), b(scope)) > 0;
    case '$gte':
      return (scope) => compareValues(a(scope), b(scope)) >= 0;
    case '$lt':
      return (scope) => compareValues(a(scope), b(scope)) < 0;
    case '$lte':
      return (scope) => compareValues(a(scope), b(scope)) <= 0;
    case '$and':
      return (scope) => args.every((arg) => isTruthy(arg(scope)));
    case '$or':
      return (scope) => args.some((arg) => isTruthy(arg(scope)));
    case '$not':
      return (scope) => !isTruthy(a(scope));
    case '$add':
      return (scope) => args.map((arg) => arg(scope)).reduce(add);
    case '$subtract':
      return (scope) => subtract(a(scope), b(scope));
    default:
      throw notImplemented(`The expression operator ${name}`);
  }
}

function add(a: unknown, b: unknown): unknown {
  if ((a ?? null) === null || (b ?? null) === null) return null;
  if (!isNumeric(a) || !isNumeric(b)) throw badValue('$add only supports numeric types');
  return addNumbers(a, b);
}

function subtract(a: unknown, b: unknown): unknown {
  if ((a ?? null) === null || (b ?? null) === null) return null;
  if (!isNumeric(a) || !isNumeric(b)) throw badValue('$subtract only supports numeric types');
  return subtractNumbers(a, b);
}
