import { badValue, notImplemented } from '../errors.ts';
import { compileExpression } from '../aggregate/expressions.ts';
import { isTruthy } from '../values/numbers.ts';
import { isDocument, isOperators, typeOf, type Doc } from '../values/bson-types.ts';
import { comparedTo, equalTo, hasSize, hasType, matchesRegex, oneOf } from './match-operators.ts';
import { someAtPath, type MatchPosition, type ValueTest } from './visit-path.ts';

/** A compiled filter. Compile once per command. */
export interface Matcher {
  matches(doc: Doc): boolean;
  /** The array position that matched, for the positional `$`; `undefined` when the filter named no array. */
  positionOf(doc: Doc): number | undefined;
}

type DocTest = (doc: unknown, found?: MatchPosition) => boolean;

/** A condition on a field: over all values of a path, or on one value (inside `$elemMatch` and `$pull`). */
interface Condition {
  atPath(doc: unknown, parts: readonly string[], found?: MatchPosition): boolean;
  onValue: ValueTest;
}

/** MongoDB's operators that the store leaves out; any other unknown one is the caller's mistake. */
const LEFT_OUT = new Set(
  (
    '$where $text $jsonSchema $near $nearSphere $geoWithin $geoIntersects $within $mod $bitsAllSet $bitsAnySet ' +
    '$bitsAllClear $bitsAnyClear $sampleRate $rand'
  ).split(' '),
);

/**
 * Compiles a query filter.
 *
 * @throws StoreError 238 for an operator the store leaves out, 2 for one that MongoDB does not know or a bad operand.
 */
export function compileFilter(filter: unknown): Matcher {
  const test = compileDocTest(filter, false);
  return {
    matches: (doc) => test(doc),
    positionOf: (doc) => {
      const found: MatchPosition = {};
      test(doc, found);
      return found.index;
    },
  };
}

/** A filter as a test of a value that may be any BSON value: only documents (and arrays by position) can match. `inner`: of an element. */
export function compileDocTest(filter: unknown, inner = true): DocTest {
  if (!isDocument(filter)) throw badValue('The filter must be an object');
  const tests = Object.keys(filter)
    .filter((key) => key !== '$comment')
    .map((key) => compileEntry(key, filter[key], inner));
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (doc, found) => tests.every((test) => test(doc, found));
}

function compileEntry(key: string, operand: unknown, inner: boolean): DocTest {
  if (!key.startsWith('$')) return compileField(key, operand);
  switch (key) {
    case '$and': {
      const tests = compileList(key, operand, inner);
      return (doc, found) => tests.every((test) => test(doc, found));
    }
    case '$or': {
      const tests = compileList(key, operand, inner);
      return (doc, found) => tests.some((test) => test(doc, found));
    }
    case '$nor': {
      const tests = compileList(key, operand, inner);
      return (doc) => !tests.some((test) => test(doc));
    }
    case '$expr': {
      if (inner) throw badValue('$expr can only be applied to the top-level document');
      const evaluate = compileExpression(operand);
      return (doc) => isTruthy(evaluate({ root: doc }));
    }
    default:
      throw unknownOperator(key, 'unknown top level operator');
  }
}

function compileList(operator: string, operand: unknown, inner: boolean): DocTest[] {
  if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${operator} must be a nonempty array`);
  return operand.map((part) => compileDocTest(part, inner));
}

function compileField(path: string, operand: unknown): DocTest {
  const parts = path.split('.');
  const condition = compileCondition(operand);
  return (doc, found) => condition.atPath(doc, parts, found);
}

function compileCondition(operand: unknown): Condition {
  if (isOperators(operand)) return allOf(compileOperators(operand));
  return positive(typeOf(operand) === 'regex' ? matchesRegex(operand) : equalTo(operand));
}

/** A field condition as a test of one value, as `$pull` and array filters use it. */
export function compileValueTest(operand: unknown): ValueTest {
  return compileCondition(operand).onValue;
}

function compileOperators(operators: Doc): Condition[] {
  if (Object.hasOwn(operators, '$options') && !Object.hasOwn(operators, '$regex')) {
    throw badValue('$options needs a $regex');
  }
  return Object.keys(operators)
    .filter((name) => name !== '$options' && name !== '$comment')
    .map((name) => compileOperator(name, operators[name], operators));
}

function compileOperator(name: string, operand: unknown, siblings: Doc): Condition {
  switch (name) {
    case '$eq':
      return positive(equalTo(operand));
    case '$ne':
      if (typeOf(operand) === 'regex') throw badValue("Can't have regex as arg to $ne.");
      return not(positive(equalTo(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return positive(comparedTo(name, operand));
    case '$in':
      return positive(oneOf(operand, name));
    case '$nin':
      return not(positive(oneOf(operand, name)));
    case '$not':
      return compileNot(operand);
    case '$exists':
      return exists(isTruthy(operand));
    case '$type':
      return positive(hasType(operand));
    case '$all':
      return compileAll(operand);
    case '$size':
      return positive(hasSize(operand), false);
    case '$elemMatch':
      return positive(compileElemMatch(operand), false);
    case '$regex':
      return positive(matchesRegex(operand, siblings.$options));
    default:
      throw unknownOperator(name, 'unknown operator');
  }
}

function positive(test: ValueTest, expandLeaf = true): Condition {
  return { atPath: (doc, parts, found) => someAtPath(doc, parts, 0, expandLeaf, test, found), onValue: test };
}

function not(inner: Condition): Condition {
  return { atPath: (doc, parts) => !inner.atPath(doc, parts), onValue: (value) => !inner.onValue(value) };
}

function allOf(conditions: Condition[]): Condition {
  const [only] = conditions;
  if (conditions.length === 1 && only) return only;
  return {
    atPath: (doc, parts, found) => conditions.every((condition) => condition.atPath(doc, parts, found)),
    onValue: (value, found) => conditions.every((condition) => condition.onValue(value, found)),
  };
}

function exists(wanted: boolean): Condition {
  const present = positive((value) => value !== undefined, false);
  return wanted ? present : not(present);
}

function compileNot(operand: unknown): Condition {
  if (typeOf(operand) === 'regex') return not(positive(matchesRegex(operand)));
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (!isOperators(operand)) throw badValue('$not cannot be empty and takes operators');
  return not(allOf(compileOperators(operand)));
}

function compileAll(operand: unknown): Condition {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return positive(() => false);
  return allOf(
    operand.map((value: unknown) => {
      if (isOperators(value) && !Object.hasOwn(value, '$elemMatch'))
        throw badValue('no $ expressions in $all');
      return compileCondition(value);
    }),
  );
}

/** `$elemMatch`: one element must fulfil everything, as a document or, with operators, as a value. */
export function compileElemMatch(operand: unknown): ValueTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(operand)[0] ?? '';
  const onValue = first.startsWith('$') && !['$and', '$or', '$nor', '$expr'].includes(first);
  const test = onValue ? compileValueTest(operand) : compileDocTest(operand);
  return (value, found) => {
    if (!Array.isArray(value)) return false;
    const index = value.findIndex((element: unknown) => {
      if (onValue) return test(element);
      return (isDocument(element) || Array.isArray(element)) && test(element);
    });
    if (index >= 0 && found) found.index = index;
    return index >= 0;
  };
}

function unknownOperator(name: string, text: string): Error {
  return LEFT_OUT.has(name) ? notImplemented(`The query operator ${name}`) : badValue(`${text}: ${name}`);
}
