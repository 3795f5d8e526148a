import { failedToParse, notImplemented } from '../errors.ts';
import { someAtPath } from '../query/visit-path.ts';
import { Draft } from '../update/draft.ts';
import { isDocument, isOperators, typeOf, type Doc } from '../values/bson-types.ts';
import { fieldThroughArrays } from '../values/paths.ts';
import { ValueMap } from './accumulators.ts';
import type { Stage } from './pipeline-context.ts';

/** With more distinct values than this the other collection is read whole. */
const MOST_VALUES = 1000;

/** `$lookup` by `localField` and `foreignField`: an equality match, null and missing being equal. */
export function compileLookup(operand: unknown): Stage {
  if (!isDocument(operand)) throw failedToParse('the $lookup specification must be an object');
  for (const key of Object.keys(operand)) {
    if (!['from', 'localField', 'foreignField', 'as'].includes(key)) {
      throw notImplemented(`The option ${key} of $lookup`);
    }
  }
  const { from, localField, foreignField, as } = operand;
  if (![from, localField, foreignField, as].every((name) => typeof name === 'string' && name !== '')) {
    throw failedToParse('$lookup needs from, localField, foreignField and as');
  }
  const [localParts, foreignParts, target] = [localField, foreignField, as].map((path) =>
    (path as string).split('.'),
  ) as [string[], string[], string[]];
  return (docs, { readCollection }) => {
    const wanted = docs.map((doc) => localValues(doc, localParts));
    const foreign = [...readCollection(from as string, narrowed(foreignField as string, wanted))];
    const positions = positionsByValue(foreign, foreignParts);
    return docs.map((doc, n) => {
      const found = new Set(wanted[n]?.flatMap((value) => positions.getOrAdd(value, () => [])));
      const draft = new Draft(doc);
      draft.write(
        target,
        [...found].sort((a, b) => a - b).map((i) => foreign[i]),
      );
      return draft.root;
    });
  };
}

function localValues(doc: Doc, parts: readonly string[]): unknown[] {
  const local = fieldThroughArrays(doc, parts, 0);
  return (Array.isArray(local) ? (local as unknown[]) : [local]).map((value) => value ?? null);
}

/** While they are few, the values looked for let the other collection use an index. */
function narrowed(path: string, wanted: unknown[][]): Doc {
  const distinct = new ValueMap<unknown>();
  for (const value of wanted.flat()) distinct.getOrAdd(value, () => value);
  const values = [...distinct];
  const isPlain = values.every((value) => !isOperators(value) && typeOf(value) !== 'regex');
  return isPlain && values.length <= MOST_VALUES ? { [path]: { $in: values } } : {};
}

function positionsByValue(docs: Doc[], parts: string[]): ValueMap<number[]> {
  const positions = new ValueMap<number[]>();
  for (const [i, doc] of docs.entries()) {
    someAtPath(doc, parts, 0, true, (value) => {
      positions.getOrAdd(value ?? null, () => []).push(i);
      return false;
    });
  }
  return positions;
}
