import { badValue, notImplemented, StoreError } from '../errors.ts';
import { isTruthy } from '../aggregate/expressions.ts';
import { getField, isDocument, setField, type Doc } from '../values/bson-types.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { compileElemMatch, isOperators, type Matcher } from './match.ts';

/** Makes the projected copy of a document. */
export type Projection = (doc: Doc) => Doc;

type Rule =
  | { kind: 'keep' }
  | { kind: 'drop' }
  | { kind: 'slice'; skip: number; limit: number }
  | { kind: 'elemMatch'; test: (value: unknown) => boolean }
  | { kind: 'positional' }
  | { kind: 'below'; rules: Rules };

type Rules = Map<string, Rule>;

/**
 * Compiles a find projection: inclusion or exclusion, `_id`, `$slice`, `$elemMatch` and the positional `$`
 * (which needs the command's matcher).
 */
export function compileProjection(projection: unknown, matcher?: Matcher): Projection {
  if (!isDocument(projection)) throw badValue('The projection must be an object');
  const paths = Object.keys(projection);
  if (paths.length === 0) return (doc) => doc;
  const rules: Rules = new Map();
  for (const path of paths) {
    const positional = path.endsWith('.$');
    const rule = positional ? { kind: 'positional' as const } : compileRule(path, projection[path]);
    addRule(rules, (positional ? path.slice(0, -2) : path).split('.'), rule, path);
  }
  const including = isIncluding(rules);
  if (including && !rules.has('_id')) rules.set('_id', { kind: 'keep' });
  return (doc) => apply(doc, rules, including, () => matcher?.positionOf(doc));
}

function compileRule(path: string, value: unknown): Rule {
  if (isOperators(value)) {
    const [name] = Object.keys(value);
    if (name === '$slice') return compileSlice(value.$slice);
    if (name === '$elemMatch') {
      const test = compileElemMatch(value.$elemMatch);
      return { kind: 'elemMatch', test: (element) => test([element]) };
    }
    throw notImplemented(`The projection operator ${name}`);
  }
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: isTruthy(value) ? 'keep' : 'drop' };
  throw notImplemented(`A projection of ${path} by an expression`);
}

function compileSlice(operand: unknown): Rule {
  const numbers = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(toNumber);
  const [first = 0, second] = numbers;
  if (second !== undefined) return { kind: 'slice', skip: first, limit: second };
  return { kind: 'slice', skip: first < 0 ? first : 0, limit: Math.abs(first) };
}

function addRule(rules: Rules, parts: string[], rule: Rule, path: string): void {
  const [head = '', ...rest] = parts;
  const existing = rules.get(head);
  if (rest.length === 0) {
    if (existing) throw new StoreError(31250, `Path collision at ${path}`);
    rules.set(head, rule);
    return;
  }
  if (existing && existing.kind !== 'below') throw new StoreError(31249, `Path collision at ${path}`);
  const below = existing ?? { kind: 'below' as const, rules: new Map<string, Rule>() };
  rules.set(head, below);
  addRule(below.rules, rest, rule, path);
}

function isIncluding(rules: Rules): boolean {
  const kinds = new Set<'keep' | 'drop'>();
  collectKinds(rules, kinds, true);
  if (kinds.size > 1) throw new StoreError(31254, 'Cannot do exclusion and inclusion in one projection');
  if (kinds.size === 0) return rules.get('_id')?.kind === 'keep';
  return kinds.has('keep');
}

function collectKinds(rules: Rules, kinds: Set<'keep' | 'drop'>, top: boolean): void {
  for (const [name, rule] of rules) {
    if (rule.kind === 'below') collectKinds(rule.rules, kinds, false);
    else if (top && name === '_id') continue;
    else if (rule.kind === 'keep' || rule.kind === 'drop') kinds.add(rule.kind);
    else if (rule.kind !== 'slice') kinds.add('keep');
  }
}

function apply(doc: Doc, rules: Rules, including: boolean, position: () => number | undefined): Doc {
  const result: Doc = {};
  for (const name of Object.keys(doc)) {
    const value = applyRule(getField(doc, name), rules.get(name), including, position);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function applyRule(
  value: unknown,
  rule: Rule | undefined,
  including: boolean,
  position: () => number | undefined,
): unknown {
  if (!rule) return including ? undefined : value;
  switch (rule.kind) {
    case 'keep':
      return value;
    case 'drop':
      return undefined;
    case 'slice':
      return Array.isArray(value) ? slice(value, rule.skip, rule.limit) : value;
    case 'elemMatch': {
      const found = Array.isArray(value) ? value.findIndex(rule.test) : -1;
      return found < 0 ? undefined : [(value as unknown[])[found]];
    }
    case 'positional':
      return Array.isArray(value) ? elementAt(value, position()) : value;
    case 'below':
      return applyBelow(value, rule.rules, including, position);
  }
}

function applyBelow(
  value: unknown,
  rules: Rules,
  including: boolean,
  position: () => number | undefined,
): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => applyBelow(element, rules, including, position))
      .filter((element) => element !== undefined);
  }
  if (isDocument(value)) return apply(value, rules, including, position);
  return including ? undefined : value;
}

function slice(array: unknown[], skip: number, limit: number): unknown[] {
  const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
  return array.slice(start, start + limit);
}

function elementAt(array: unknown[], position: number | undefined): unknown[] {
  if (position === undefined || position >= array.length) {
    throw new StoreError(
      51246,
      "Executor error during find command: positional operator '.$' couldn't find a match",
    );
  }
  return [array[position]];
}
