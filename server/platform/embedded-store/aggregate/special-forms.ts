import { failedToParse, notImplemented, StoreError } from '../errors.ts';
import { isDocument, setField, type Doc } from '../values/bson-types.ts';
import { isTruthy } from '../values/numbers.ts';
import type { Compile, Evaluate, Scope } from './expressions.ts';

type Form = (operand: unknown, variables: ReadonlySet<string>, compile: Compile) => Evaluate;

/** Operators that do not evaluate every operand, or that bind variables. */
export const SPECIAL_FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['$and', logical((parts, scope) => parts.every((part) => isTruthy(part(scope))))],
  ['$or', logical((parts, scope) => parts.some((part) => isTruthy(part(scope))))],
  ['$ifNull', logical(firstPresent)],
  ['$cond', conditional],
  ['$switch', switched],
  ['$let', letIn],
  ['$map', mapped],
  ['$filter', filtered],
  ['$reduce', reduced],
]);

function logical(evaluate: (parts: Evaluate[], scope: Scope) => unknown): Form {
  return (operand, variables, compile) => {
    const operands = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    const parts = operands.map((part) => compile(part, variables));
    return (scope) => evaluate(parts, scope);
  };
}

function firstPresent(parts: Evaluate[], scope: Scope): unknown {
  let value: unknown;
  for (const part of parts) {
    value = part(scope);
    if (value !== undefined && value !== null) break;
  }
  return value;
}

function conditional(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const list = Array.isArray(operand) ? (operand as unknown[]) : undefined;
  if (list && list.length !== 3) throw new StoreError(16020, 'Expression $cond takes exactly 3 arguments');
  const named = list ? { if: list[0], then: list[1], else: list[2] } : operand;
  const parts = options('$cond', named, ['if', 'then', 'else']);
  const [test, then, otherwise] = [parts.if, parts.then, parts.else].map((part) =>
    compile(part, variables),
  ) as [Evaluate, Evaluate, Evaluate];
  return (scope) => (isTruthy(test(scope)) ? then(scope) : otherwise(scope));
}

function switched(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const { branches, default: fallback } = options('$switch', operand, ['branches'], ['default']);
  if (!Array.isArray(branches)) throw failedToParse('$switch expected an array for branches');
  const cases = branches.map((branch) => {
    const parts = options('$switch', branch, ['case', 'then']);
    return { test: compile(parts.case, variables), then: compile(parts.then, variables) };
  });
  const otherwise = fallback === undefined ? undefined : compile(fallback, variables);
  return (scope) => {
    const result = cases.find(({ test }) => isTruthy(test(scope)))?.then ?? otherwise;
    if (result) return result(scope);
    throw new StoreError(40066, '$switch could not find a matching branch and no default was specified');
  };
}

function letIn(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const { vars, in: body } = options('$let', operand, ['vars', 'in']);
  if (!isDocument(vars)) throw failedToParse('invalid parameter: expected an object (vars)');
  const bound = Object.keys(vars).map((name) => [name, compile(vars[name], variables)] as const);
  const evaluate = compile(body, new Set([...variables, ...bound.map(([name]) => name)]));
  return (scope) =>
    evaluate(withVariables(scope, new Map(bound.map(([name, value]) => [name, value(scope)]))));
}

function mapped(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const { input, as = 'this', in: body } = options('$map', operand, ['input', 'in'], ['as']);
  const evaluate = compile(body, new Set([...variables, String(as)]));
  return overArray('$map', compile(input, variables), (array, scope) =>
    array.map((element) => evaluate(withVariables(scope, new Map([[String(as), element]]))) ?? null),
  );
}

function filtered(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const { input, as = 'this', cond } = options('$filter', operand, ['input', 'cond'], ['as']);
  const test = compile(cond, new Set([...variables, String(as)]));
  return overArray('$filter', compile(input, variables), (array, scope) =>
    array.filter((element) => isTruthy(test(withVariables(scope, new Map([[String(as), element]]))))),
  );
}

function reduced(operand: unknown, variables: ReadonlySet<string>, compile: Compile): Evaluate {
  const { input, initialValue, in: body } = options('$reduce', operand, ['input', 'initialValue', 'in']);
  const start = compile(initialValue, variables);
  const evaluate = compile(body, new Set([...variables, 'this', 'value']));
  return overArray('$reduce', compile(input, variables), (array, scope) =>
    array.reduce((value, element) => {
      const bound = new Map([
        ['this', element],
        ['value', value],
      ]);
      return evaluate(withVariables(scope, bound));
    }, start(scope)),
  );
}

function overArray(
  name: string,
  input: Evaluate,
  evaluate: (array: unknown[], scope: Scope) => unknown,
): Evaluate {
  return (scope) => {
    const array = input(scope) ?? null;
    if (array === null) return null;
    if (!Array.isArray(array)) throw new StoreError(16883, `input to ${name} must be an array`);
    return evaluate(array, scope);
  };
}

function withVariables(scope: Scope, bound: ReadonlyMap<string, unknown>): Scope {
  return { root: scope.root, variables: new Map([...(scope.variables ?? []), ...bound]) };
}

function options(name: string, operand: unknown, needed: string[], possible: string[] = []): Doc {
  if (!isDocument(operand)) throw failedToParse(`${name} needs an object`);
  const found: Doc = {};
  for (const key of Object.keys(operand)) {
    if (!needed.includes(key) && !possible.includes(key)) {
      throw notImplemented(`The parameter ${key} of ${name}`);
    }
    setField(found, key, operand[key]);
  }
  const missing = needed.find((key) => !Object.hasOwn(found, key));
  if (missing !== undefined) throw failedToParse(`Missing '${missing}' parameter to ${name}`);
  return found;
}
