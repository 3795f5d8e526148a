import { encodeDocument } from '../document-bytes.ts';
import { limits } from '../limits.ts';
import { findDocuments, type Search } from '../query/find-documents.ts';
import { compileProjection } from '../query/project.ts';
import { compileFilter } from '../query/match.ts';
import { compileSort } from '../query/sort.ts';
import { numberBytes, prefixRange } from '../storage/tables.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import { compareValues } from '../values/compare.ts';
import { getField, isDocument } from '../values/bson-types.ts';
import { isArrayIndex } from '../values/paths.ts';
import { StoreError } from '../errors.ts';
import { collectionName, readCount, readDocument, readFlag, type Call, type ReadCommand } from './command.ts';
import type { DocumentSource } from './cursors.ts';

export const find: ReadCommand = {
  kind: 'read',
  fields: 'find filter sort projection skip limit batchSize singleBatch',
  inTransaction: true,
  run(call) {
    const name = collectionName(call);
    const { body } = call;
    const search: Search = {
      filter: readDocument(body.filter, 'filter'),
      sort: readDocument(body.sort, 'sort'),
      skip: readCount(body.skip, 'skip'),
      limit: readCount(body.limit, 'limit'),
    };
    const batchSize = readCount(body.batchSize, 'batchSize') ?? limits.firstBatchDocuments;
    const source = findSource(call, name, search);
    return call.engine.cursors.start(
      call,
      `${call.db}.${name}`,
      source,
      batchSize,
      readFlag(body.singleBatch),
    );
  },
};

function findSource(call: Call, name: string, search: Search): DocumentSource {
  const projection = readDocument(call.body.projection, 'projection');
  const collection = call.engine.catalog.find(call.view, call.db, name);
  if (!collection) {
    // Mistakes are reported even when there is nothing to search.
    compileProjection(projection, compileFilter(search.filter));
    compileSort(search.sort);
    return { next: () => [] };
  }
  const documents = findDocuments(call.view, collection, search, call.budget);
  const project = compileProjection(projection, documents.matcher);
  const whole = Object.keys(projection).length === 0;
  return {
    *next(view, budget) {
      for (const { bytes, doc } of documents.next(view, budget))
        yield whole ? bytes : encodeDocument(project(doc));
    },
  };
}

/** How many documents a search finds; without a filter only keys are counted. */
export function countMatches(call: Call, name: string, search: Search): number {
  const collection = call.engine.catalog.find(call.view, call.db, name);
  if (!collection) {
    compileFilter(search.filter);
    return 0;
  }
  if (Object.keys(search.filter).length === 0) {
    const all = call.view.count('documents', prefixRange(numberBytes(collection.id))) - (search.skip ?? 0);
    return Math.max(0, Math.min(all, search.limit || Infinity));
  }
  let count = 0;
  const documents = findDocuments(call.view, collection, search, call.budget).next(call.view, call.budget);
  for (const found of documents) if (found) count += 1;
  return count;
}

export const count: ReadCommand = {
  kind: 'read',
  fields: 'count query skip limit',
  inTransaction: false,
  run(call) {
    const { query, skip, limit } = call.body;
    const search = {
      filter: readDocument(query, 'query'),
      skip: readCount(skip, 'skip'),
      limit: readCount(limit, 'limit'),
    };
    return { n: countMatches(call, collectionName(call), search) };
  },
};

export const distinct: ReadCommand = {
  kind: 'read',
  fields: 'distinct key query',
  inTransaction: true,
  run(call) {
    const { key, query } = call.body;
    if (typeof key !== 'string' || key === '') throw new StoreError(14, "The field 'key' must be a string");
    const filter = readDocument(query, 'query');
    const collection = call.engine.catalog.find(call.view, call.db, collectionName(call));
    if (!collection) return { values: [] };
    const values = new Map<string, unknown>();
    for (const { doc } of findDocuments(call.view, collection, { filter }, call.budget).next(
      call.view,
      call.budget,
    )) {
      for (const value of valuesAt(doc, key.split('.'))) values.set(distinctName(value), value);
    }
    return { values: [...values.values()].sort(compareValues) };
  },
};

function distinctName(value: unknown): string {
  const { key, exact } = encodeIndexKey([value]);
  return exact ? key.toString('latin1') : Buffer.from(encodeDocument({ value })).toString('latin1');
}

/** Every value a path leads to, the elements of arrays instead of the arrays. */
function valuesAt(value: unknown, parts: readonly string[]): unknown[] {
  const [part, ...rest] = parts;
  if (part === undefined) return Array.isArray(value) ? (value as unknown[]) : [value];
  if (Array.isArray(value)) {
    const byPosition =
      isArrayIndex(part) && Number(part) < value.length ? valuesAt(value[Number(part)], rest) : [];
    return [
      ...byPosition,
      ...(value as unknown[]).filter(isDocument).flatMap((element) => valuesAt(element, parts)),
    ];
  }
  return isDocument(value) && Object.hasOwn(value, part) ? valuesAt(getField(value, part), rest) : [];
}
