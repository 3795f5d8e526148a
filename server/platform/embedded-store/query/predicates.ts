import { isDocument, isOperators, typeOf, type Doc } from '../values/bson-types.ts';
import { rankOf } from '../values/compare.ts';

/** What a filter demands of one path, as far as an index can answer it. Ranges may be wider than the filter. */
export type Predicate =
  | { kind: 'equal'; values: unknown[] }
  | { kind: 'range'; rank: number; from?: unknown; to?: unknown }
  | { kind: 'prefix'; text: string };

export type Predicates = Map<string, Predicate[]>;

/** The predicates that every matching document fulfils: of the top level and of `$and`. */
export function readPredicates(filter: Doc, into: Predicates = new Map()): Predicates {
  for (const [path, operand] of Object.entries(filter)) {
    if (path === '$and') for (const part of operand as Doc[]) readPredicates(part, into);
    if (path.startsWith('$')) continue;
    const found = isOperators(operand) ? readOperators(operand) : equalTo([operand]);
    if (found.length > 0) into.set(path, [...(into.get(path) ?? []), ...found]);
  }
  return into;
}

function readOperators(operators: Doc): Predicate[] {
  return Object.entries(operators).flatMap(([name, operand]) => {
    if (name === '$eq') return equalTo([operand]);
    if (name === '$in') return equalTo(operand as unknown[]);
    if (name === '$all') return equalTo((operand as unknown[]).slice(0, 1));
    if (name === '$gt' || name === '$gte') return inRange(operand, { from: operand });
    if (name === '$lt' || name === '$lte') return inRange(operand, { to: operand });
    if (name === '$regex') return startsWith(operand, operators.$options);
    return [];
  });
}

/** An array equals a stored array or one of its elements, a regex matches: neither is a key of the index. */
function equalTo(values: unknown[]): Predicate[] {
  const [only] = values;
  if (values.length === 1 && typeOf(only) === 'regex') {
    const { pattern, options } = only as { pattern: string; options: string };
    return startsWith(pattern, options);
  }
  if (values.length === 0 || values.some((value) => !isIndexable(value))) return [];
  return [{ kind: 'equal', values }];
}

function isIndexable(value: unknown): boolean {
  return typeOf(value) !== 'array' && typeOf(value) !== 'regex' && !(isDocument(value) && isOperators(value));
}

function inRange(operand: unknown, bounds: { from: unknown } | { to: unknown }): Predicate[] {
  const type = typeOf(operand);
  if (type === 'null' || type === 'minKey' || type === 'maxKey' || !isIndexable(operand)) return [];
  return [{ kind: 'range', rank: rankOf(operand), ...bounds }];
}

/** `^abc`: only a literal beginning without options narrows the keys. */
function startsWith(pattern: unknown, options: unknown): Predicate[] {
  if (typeof pattern !== 'string' || (options !== undefined && options !== '')) return [];
  const text = /^\^((?:[\w @:,/=-]|\\[^\w])+)(.?)/.exec(pattern);
  if (!text || pattern.includes('|')) return [];
  // A quantifier behind the last character makes it optional or repeated.
  const literal = /[*?{+]/.test(text[2]!) ? text[1]!.replace(/(\\.|[^\\])$/, '') : text[1]!;
  return literal === '' ? [] : [{ kind: 'prefix', text: literal.replace(/\\(.)/g, '$1') }];
}
