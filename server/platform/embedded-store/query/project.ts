import { badValue, notImplemented, StoreError } from '../errors.ts';
import { compileExpression, type Evaluate, type Scope } from '../aggregate/expressions.ts';
import { isDocument, isOperators, setField, type Doc } from '../values/bson-types.ts';
import { isNumeric, isTruthy } from '../values/numbers.ts';
import { compileElemMatch, type Matcher } from './match.ts';
import { elementAt, sliceOf } from './project-arrays.ts';

/** Makes the projected copy of a document. */
export type Projection = (doc: Doc, variables?: Scope['variables']) => Doc;

/** Where a specification comes from; only a find knows `$slice`, `$elemMatch` and the positional `$`. */
export type ProjectionKind = 'find' | '$project' | '$addFields';

type Rule =
  | { kind: 'keep' }
  | { kind: 'drop' }
  | { kind: 'array'; keeps: boolean; change(array: unknown[], doc: Doc): unknown[] | undefined }
  | { kind: 'compute'; evaluate: Evaluate }
  | { kind: 'below'; rules: Rules; computes: boolean };

type Rules = Map<string, Rule>;

interface Compiler {
  kind: ProjectionKind;
  matcher: Matcher | undefined;
  variables: ReadonlySet<string>;
  rules: Rules;
}

interface Run {
  including: boolean;
  root: Doc;
  scope: Scope;
}

/**
 * Compiles a projection: inclusion or exclusion, computed fields, and in a find `$slice`, `$elemMatch` and the
 * positional `$` (which needs the command's matcher).
 *
 * @throws StoreError 31254 for inclusion mixed with exclusion, 31249 or 31250 for paths that collide.
 */
export function compileProjection(
  projection: unknown,
  matcher?: Matcher,
  kind: ProjectionKind = 'find',
  variables: ReadonlySet<string> = new Set(),
): Projection {
  if (!isDocument(projection)) throw badValue('The projection must be an object');
  const rules: Rules = new Map();
  addRules({ kind, matcher, variables, rules }, projection, []);
  if (rules.size === 0) {
    if (kind !== 'find') throw new StoreError(40177, `${kind} specification must have at least one field`);
    return (doc) => doc;
  }
  const including = kind !== '$addFields' && isIncluding(rules);
  if (including && !rules.has('_id')) rules.set('_id', { kind: 'keep' });
  return (doc, names) => {
    const scope = names ? { root: doc, variables: names } : { root: doc };
    return applyRules(doc, rules, { including, root: doc, scope });
  };
}

function addRules(compiler: Compiler, spec: Doc, above: string[]): void {
  for (const key of Object.keys(spec)) {
    const value = spec[key];
    const positional = compiler.kind === 'find' && key.endsWith('.$');
    const parts = [...above, ...(positional ? key.slice(0, -2) : key).split('.')];
    if (parts.some((part) => part === '' || part.startsWith('$'))) {
      throw new StoreError(
        16410,
        `FieldPath field names may not be empty or start with '$': ${parts.join('.')}`,
      );
    }
    if (isDocument(value) && !isOperators(value)) {
      if (Object.keys(value).length === 0) throw new StoreError(51270, `An empty sub-projection for ${key}`);
      addRules(compiler, value, parts);
    } else {
      const rule = positional ? positionalRule(compiler.matcher) : compileRule(compiler, value);
      addRule(compiler.rules, parts, rule, parts.join('.'));
    }
  }
}

function compileRule({ kind, variables }: Compiler, value: unknown): Rule {
  if (kind === 'find' && isOperators(value)) {
    const [name] = Object.keys(value);
    if (name === '$slice') return { kind: 'array', keeps: false, change: sliceOf(value.$slice) };
    if (name === '$elemMatch') {
      const test = compileElemMatch(value.$elemMatch);
      const change = (array: unknown[]): unknown[] | undefined => {
        const element = array.findIndex((candidate) => test([candidate]));
        return element < 0 ? undefined : [array[element]];
      };
      return { kind: 'array', keeps: true, change };
    }
    if (name === '$meta') throw notImplemented('The projection operator $meta');
  }
  const isFlag = typeof value === 'boolean' || isNumeric(value);
  if (isFlag && kind !== '$addFields') return { kind: isTruthy(value) ? 'keep' : 'drop' };
  return { kind: 'compute', evaluate: compileExpression(value, variables) };
}

function positionalRule(matcher: Matcher | undefined): Rule {
  return { kind: 'array', keeps: true, change: (array, doc) => elementAt(array, matcher?.positionOf(doc)) };
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
  const below = existing ?? { kind: 'below' as const, rules: new Map<string, Rule>(), computes: false };
  below.computes ||= rule.kind === 'compute';
  rules.set(head, below);
  addRule(below.rules, rest, rule, path);
}

function isIncluding(rules: Rules): boolean {
  const flags = new Set(flagsIn(rules, true));
  if (flags.size > 1) {
    throw new StoreError(
      31254,
      'Cannot do exclusion on one field and inclusion on another in one projection',
    );
  }
  const [including] = flags;
  return including ?? rules.get('_id')?.kind === 'keep';
}

function* flagsIn(rules: Rules, top: boolean): Iterable<boolean> {
  for (const [name, rule] of rules) {
    if (rule.kind === 'below') yield* flagsIn(rule.rules, false);
    else if (rule.kind === 'compute') yield true;
    else if (rule.kind === 'array') yield* rule.keeps ? [true] : [];
    else if (!top || name !== '_id') yield rule.kind === 'keep';
  }
}

function applyRules(doc: Doc, rules: Rules, run: Run): Doc {
  const result: Doc = {};
  for (const name of Object.keys(doc)) {
    const rule = rules.get(name);
    // With inclusion a computed field is new, so it comes after those that are kept.
    if (rule?.kind === 'compute' && run.including) continue;
    const value = applyRule(doc[name], rule, run);
    if (value !== undefined) setField(result, name, value);
  }
  for (const [name, rule] of rules) {
    if (
      Object.hasOwn(result, name) ||
      (Object.hasOwn(doc, name) && (rule.kind !== 'compute' || !run.including))
    )
      continue;
    const value = applyRule(undefined, rule, run);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function applyRule(value: unknown, rule: Rule | undefined, run: Run): unknown {
  switch (rule?.kind) {
    case undefined:
      return run.including ? undefined : value;
    case 'keep':
      return value;
    case 'drop':
      return undefined;
    case 'compute':
      return rule.evaluate(run.scope);
    case 'array':
      if (Array.isArray(value)) return rule.change(value as unknown[], run.root);
      return rule.keeps ? undefined : value;
    case 'below':
      return applyBelow(value, rule, run);
  }
}

function applyBelow(value: unknown, rule: Rule & { kind: 'below' }, run: Run): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => applyBelow(element, rule, run))
      .filter((element) => element !== undefined);
  }
  if (isDocument(value)) return applyRules(value, rule.rules, run);
  if (rule.computes) return applyRules({}, rule.rules, run);
  return run.including ? undefined : value;
}
