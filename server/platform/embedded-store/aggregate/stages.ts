import { Int32 } from 'bson';
import { StoreError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { compileProjection } from '../query/project.ts';
import { compileSortOrder, sortDocuments } from '../query/sort.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { compileGroup } from './group.ts';
import { compileLookup } from './lookup.ts';
import { PIPELINE_VARIABLES, variablesOf, type Stage } from './pipeline-context.ts';
import { compileUnwind } from './unwind.ts';

/** The stages of the subset, by name; `$facet` is run-pipeline's because it holds pipelines. */
export const STAGES: ReadonlyMap<string, (operand: unknown) => Stage> = new Map<
  string,
  (operand: unknown) => Stage
>([
  ['$match', match],
  ['$sort', sort],
  ['$skip', skip],
  ['$limit', limit],
  ['$count', count],
  ['$project', (operand) => project(operand, '$project')],
  ['$addFields', (operand) => project(operand, '$addFields')],
  ['$group', compileGroup],
  ['$unwind', compileUnwind],
  ['$lookup', compileLookup],
]);

function match(operand: unknown): Stage {
  const matcher = compileFilter(operand);
  return (docs) => docs.filter((doc) => matcher.matches(doc));
}

function sort(operand: unknown): Stage {
  const order = compileSortOrder(operand);
  return (docs) => sortDocuments(docs, order);
}

function skip(operand: unknown): Stage {
  const amount = wholeNumber(operand, 0, 15956, '$skip');
  return (docs) => docs.slice(amount);
}

function limit(operand: unknown): Stage {
  const amount = wholeNumber(operand, 1, 15958, '$limit');
  return (docs) => docs.slice(0, amount);
}

function wholeNumber(operand: unknown, least: number, code: number, name: string): number {
  const value = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(value) || value < least) {
    throw new StoreError(code, `invalid argument to ${name} stage: a whole number from ${least} is needed`);
  }
  return value;
}

/** No input gives no document, not a zero. */
function count(operand: unknown): Stage {
  if (typeof operand !== 'string' || operand === '' || /^\$|[.\0]/.test(operand)) {
    throw new StoreError(40157, 'the count field must be a non-empty field name');
  }
  return (docs) => (docs.length > 0 ? [{ [operand]: new Int32(docs.length) }] : []);
}

function project(operand: unknown, kind: '$project' | '$addFields'): Stage {
  const apply = compileProjection(operand, undefined, kind, PIPELINE_VARIABLES);
  return (docs, context) => {
    const variables = variablesOf(context);
    return docs.map((doc) => apply(doc, variables));
  };
}
