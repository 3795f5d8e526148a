import { failedToParse, notImplemented, StoreError } from '../errors.ts';
import { isDocument, isOperators, setField, type Doc } from '../values/bson-types.ts';
import { fieldThroughArrays } from '../values/paths.ts';
import { DATE_OPERATORS } from './date-operators.ts';
import { FUNCTIONS } from './expression-functions.ts';
import { SPECIAL_FORMS } from './special-forms.ts';

/** What an expression can see: the document and named variables (`$$this`, `$$NOW`). */
export interface Scope {
  root: unknown;
  variables?: ReadonlyMap<string, unknown>;
}

/** A compiled expression; `undefined` is MongoDB's "missing". */
export type Evaluate = (scope: Scope) => unknown;

/** Compiles an operand with the names of the variables it may use. */
export type Compile = (source: unknown, variables: ReadonlySet<string>) => Evaluate;

const NO_VARIABLES: ReadonlySet<string> = new Set();

/**
 * Compiles an aggregation expression over stored values. Numbers keep MongoDB's type rules.
 *
 * @throws StoreError 238 for an operator that is not on the list, naming it; 17276 for an unknown variable.
 */
export function compileExpression(source: unknown, variables: ReadonlySet<string> = NO_VARIABLES): Evaluate {
  if (typeof source === 'string')
    return source.startsWith('$') ? compilePath(source, variables) : () => source;
  if (Array.isArray(source)) {
    const parts = source.map((part) => compileExpression(part, variables));
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDocument(source)) return () => source;
  return isOperators(source) ? compileOperator(source, variables) : compileObject(source, variables);
}

function compileObject(source: Doc, variables: ReadonlySet<string>): Evaluate {
  const fields = Object.keys(source).map((key) => {
    if (key.startsWith('$')) throw failedToParse(`Unrecognized expression '${key}'`);
    if (key.includes('.')) throw new StoreError(16412, `FieldPath field names may not contain '.': ${key}`);
    return [key, compileExpression(source[key], variables)] as const;
  });
  return (scope) => {
    const doc: Doc = {};
    for (const [key, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) setField(doc, key, value);
    }
    return doc;
  };
}

function compilePath(source: string, variables: ReadonlySet<string>): Evaluate {
  const isVariable = source.startsWith('$$');
  const parts = source.slice(isVariable ? 2 : 1).split('.');
  if (parts.includes('')) throw new StoreError(40353, `'${source}' is not a valid field path`);
  if (!isVariable) return (scope) => fieldThroughArrays(scope.root, parts, 0);
  const [name = ''] = parts;
  if (name === 'ROOT' || name === 'CURRENT') return (scope) => fieldThroughArrays(scope.root, parts, 1);
  if (name === 'REMOVE') return () => undefined;
  if (variables.has(name)) return (scope) => fieldThroughArrays(scope.variables?.get(name), parts, 1);
  if (/^[A-Z]/.test(name)) throw notImplemented(`The variable $$${name} here`);
  throw new StoreError(17276, `Use of undefined variable: ${name}`);
}

function compileOperator(source: Doc, variables: ReadonlySet<string>): Evaluate {
  const [name = '', ...others] = Object.keys(source);
  if (others.length > 0) {
    throw new StoreError(15983, 'An object representing an expression must have exactly one field');
  }
  const operand = source[name];
  if (name === '$literal') return () => operand;
  const special = SPECIAL_FORMS.get(name);
  if (special) return special(operand, variables, compileExpression);
  const dates = DATE_OPERATORS.get(name);
  if (dates) return compileNamed(name, operand, dates, variables);
  const plain = FUNCTIONS.get(name);
  if (!plain) throw notImplemented(`The expression operator ${name}`);
  const args = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map((arg) =>
    compileExpression(arg, variables),
  );
  if (args.length < plain.least || args.length > plain.most) {
    throw new StoreError(16020, `Expression ${name} does not take ${args.length} arguments`);
  }
  return (scope) => plain.apply(args.map((arg) => arg(scope)));
}

function compileNamed(
  name: string,
  operand: unknown,
  operator: { takes: readonly string[]; apply(args: Doc): unknown },
  variables: ReadonlySet<string>,
): Evaluate {
  const [only] = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const named: Doc = isDocument(only) && !isOperators(only) ? only : { date: only };
  const args = Object.keys(named).map((key) => {
    if (!operator.takes.includes(key)) throw notImplemented(`The option ${key} of ${name}`);
    return [key, compileExpression(named[key], variables)] as const;
  });
  return (scope) => operator.apply(Object.fromEntries(args.map(([key, arg]) => [key, arg(scope)])));
}
