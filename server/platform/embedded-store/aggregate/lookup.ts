import { failedToParse, notImplemented } from '../errors.ts';
import { someAtPath } from '../query/visit-path.ts';
import { Draft } from '../update/draft.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { fieldThroughArrays } from '../values/paths.ts';
import { ValueMap } from './accumulators.ts';
import type { Stage } from './pipeline-context.ts';

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
    const foreign = [...readCollection(from as string)];
    const positions = positionsByValue(foreign, foreignParts);
    return docs.map((doc) => {
      const local = fieldThroughArrays(doc, localParts, 0);
      const wanted = Array.isArray(local) ? (local as unknown[]) : [local];
      const found = new Set(wanted.flatMap((value) => positions.getOrAdd(value ?? null, () => [])));
      const draft = new Draft(doc);
      draft.write(
        target,
        [...found].sort((a, b) => a - b).map((i) => foreign[i]),
      );
      return draft.root;
    });
  };
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
