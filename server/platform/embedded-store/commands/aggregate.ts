import { checkPipeline, runPipeline } from '../aggregate/run-pipeline.ts';
import { encodeDocument } from '../document-bytes.ts';
import { notImplemented } from '../errors.ts';
import { limits } from '../limits.ts';
import { findDocuments, type Search } from '../query/find-documents.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { checkFields, readCount, readDocument, type Call, type ReadCommand, type Reply } from './command.ts';
import type { DocumentSource } from './cursors.ts';
import { countMatches } from './read.ts';

export const aggregate: ReadCommand = {
  kind: 'read',
  fields: 'aggregate pipeline cursor',
  inTransaction: true,
  run(call): Reply {
    const name = call.body.aggregate;
    if (typeof name !== 'string') throw notImplemented('An aggregation over a whole database');
    checkPipeline(call.body.pipeline);
    const cursor = readDocument(call.body.cursor, 'cursor');
    checkFields(cursor, ['batchSize'], 'The cursor option');
    const batchSize = readCount(cursor.batchSize, 'batchSize') ?? limits.firstBatchDocuments;
    const source = startPipeline(call, name, call.body.pipeline as Doc[]);
    return call.engine.cursors.start(call, `${call.db}.${name}`, source, batchSize, false);
  },
};

function startPipeline(call: Call, name: string, pipeline: Doc[]): DocumentSource {
  const { search, rest } = takeSearch(pipeline);
  const countId = idOfCount(rest);
  if (countId !== undefined) {
    const n = countMatches(call, name, search);
    return once(n > 0 ? [{ _id: countId, n }] : []);
  }
  const read = (from: string, how: Search): Iterable<Doc> => readDocuments(call, from, how);
  const context = { now: call.now, readCollection: (from: string, filter: Doc) => read(from, { filter }) };
  return once(runPipeline(rest, read(name, search), context));
}

function* readDocuments(call: Call, name: string, search: Search): Generator<Doc> {
  const collection = call.engine.catalog.find(call.view, call.db, name);
  if (!collection) return;
  const documents = findDocuments(call.view, collection, search, call.budget);
  for (const { doc } of documents.next(call.view, call.budget)) yield doc;
}

/** The leading `$match`, `$sort`, `$skip` and `$limit`, in this order, can use an index. */
function takeSearch(pipeline: Doc[]): { search: Search; rest: Doc[] } {
  const rest = [...pipeline];
  const take = (stage: string): unknown => (rest[0] && stage in rest[0] ? rest.shift()![stage] : undefined);
  const search: Search = {
    filter: (take('$match') as Doc | undefined) ?? {},
    sort: take('$sort') as Doc | undefined,
    skip: numberOf(take('$skip')),
    limit: numberOf(take('$limit')),
  };
  return { search, rest };
}

function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : toNumber(value);
}

/** The `_id` of what `countDocuments` sends: `{ $group: { _id: 1, n: { $sum: 1 } } }`. */
function idOfCount(stages: Doc[]): unknown {
  const group = stages.length === 1 ? stages[0]!.$group : undefined;
  if (!isDocument(group) || Object.keys(group).join() !== '_id,n' || !isDocument(group.n)) return undefined;
  const { $sum: sum } = group.n;
  const countsAll = Object.keys(group.n).length === 1 && isNumeric(sum) && toNumber(sum) === 1;
  return countsAll && isNumeric(group._id) ? group._id : undefined;
}

/** A result that is complete already; later batches go on in it. */
function once(docs: Doc[]): DocumentSource {
  let position = 0;
  return {
    *next() {
      while (position < docs.length) yield encodeDocument(docs[position++]!);
    },
  };
}
