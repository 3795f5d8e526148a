import { notImplemented, StoreError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { isDocument, isOperators, typeOf, type Doc } from '../values/bson-types.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { checkFields, readCount, readFlag } from './command.ts';

export interface IndexSpec {
  name: string;
  key: Doc;
  unique: boolean;
  partialFilter?: Doc;
  expireAfterSeconds?: number;
}

/** `background` and `v` are accepted and mean nothing, as in MongoDB. */
const specFields = [
  'v',
  'key',
  'name',
  'unique',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'sparse',
  'ns',
];
const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

/** @throws StoreError 67 for a specification MongoDB refuses, 238 for a kind of index that is not here. */
export function readIndexSpec(spec: unknown): IndexSpec {
  if (!isDocument(spec)) throw cannot('an index specification must be an object');
  checkFields(spec, specFields, 'The index option');
  if (readFlag(spec.sparse)) throw notImplemented('A sparse index (use a partial one)');
  const key = readKey(spec.key);
  if (typeof spec.name !== 'string' || spec.name === '')
    throw cannot('The index name must be a non-empty string');
  const partialFilter = readPartialFilter(spec.partialFilterExpression);
  const expireAfterSeconds = readCount(spec.expireAfterSeconds, 'expireAfterSeconds');
  if (expireAfterSeconds !== undefined && Object.keys(key).length > 1)
    throw cannot('TTL indexes are single-field indexes');
  return {
    name: spec.name,
    key,
    unique: readFlag(spec.unique),
    ...(partialFilter && { partialFilter }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
}

function readKey(key: unknown): Doc {
  if (!isDocument(key) || Object.keys(key).length === 0) throw cannot('Index keys cannot be empty');
  for (const [path, direction] of Object.entries(key)) {
    if (typeof direction === 'string') throw notImplemented(`An index of the kind '${direction}'`);
    if (path.includes('$**')) throw notImplemented('A wildcard index');
    if (path === '' || path.startsWith('$') || path.split('.').includes(''))
      throw cannot(`bad index key path '${path}'`);
    if (!isNumeric(direction) || (toNumber(direction) !== 1 && toNumber(direction) !== -1)) {
      throw cannot(`Values in the index key pattern must be 1 or -1: ${path}`);
    }
  }
  return key;
}

/** Only what MongoDB accepts too, so an index that works here works there. */
function readPartialFilter(filter: unknown): Doc | undefined {
  if (filter === undefined) return undefined;
  if (!isDocument(filter)) throw cannot('partialFilterExpression must be an object');
  compileFilter(filter);
  checkPartial(filter);
  return filter;
}

function checkPartial(filter: Doc): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') (condition as Doc[]).forEach(checkPartial);
    else if (path.startsWith('$')) throw cannot(`unsupported expression in partial index: ${path}`);
    else if (typeOf(condition) === 'regex') throw cannot('unsupported expression in partial index: $regex');
    else if (isOperators(condition)) {
      const bad = Object.keys(condition).find((name) => !partialOperators.has(name));
      if (bad) throw cannot(`unsupported expression in partial index: ${bad}`);
      if (condition.$exists === false)
        throw cannot('unsupported expression in partial index: $exists: false');
    }
  }
}

function cannot(why: string): StoreError {
  return new StoreError(67, why);
}
