import { badValue } from '../errors.ts';
import { findDocuments } from '../query/find-documents.ts';
import { fetchDocument } from '../query/scan.ts';
import { encodeDocument } from '../document-bytes.ts';
import type { Collection } from '../storage/catalog.ts';
import { insertDocument, removeDocument, replaceDocument } from '../storage/documents.ts';
import type { WriteView } from '../storage/tables.ts';
import { compileUpdate } from '../update/apply-update.ts';
import { documentForUpsert } from '../update/upsert.ts';
import type { Doc } from '../values/bson-types.ts';
import { bulkReply, readStatements, runStatements } from './bulk.ts';
import {
  checkFields,
  collectionName,
  readCount,
  readDocument,
  readFlag,
  type Call,
  type WriteCommand,
} from './command.ts';

export const insert: WriteCommand = {
  kind: 'write',
  fields: 'insert documents ordered',
  inTransaction: true,
  run(call) {
    const { engine, view, db, body } = call;
    const collection = engine.catalog.ensure(view, db, collectionName(call));
    const documents = call.sequences.get('documents') ?? [];
    let n = 0;
    const errors = runStatements(documents, body.ordered !== false, (raw) => {
      insertDocument(engine.catalog, view, collection, raw);
      n += 1;
    });
    return bulkReply({ n }, errors);
  },
};

export const update: WriteCommand = {
  kind: 'write',
  fields: 'update updates ordered',
  inTransaction: true,
  run(call) {
    const totals = { n: 0, nModified: 0 };
    const upserted: Doc[] = [];
    const statements = readStatements(call, 'updates');
    for (const statement of statements) checkFields(statement, updateFields, 'The update option', ['q', 'u']);
    const name = collectionName(call);
    const errors = runStatements(statements, call.body.ordered !== false, (statement, index) => {
      const result = updateDocuments(call, name, statement);
      totals.n += result.matched;
      totals.nModified += result.modified;
      if (result.upsertedId !== undefined) upserted.push({ index, _id: result.upsertedId });
    });
    return bulkReply(upserted.length > 0 ? { ...totals, upserted } : totals, errors);
  },
};

const updateFields = ['q', 'u', 'upsert', 'multi', 'arrayFilters'];

function updateDocuments(
  call: Call<WriteView>,
  name: string,
  statement: Doc,
): { matched: number; modified: number; upsertedId?: unknown } {
  const { engine, view, budget, now } = call;
  const multi = readFlag(statement.multi);
  const change = compileUpdate(statement.u, {
    now,
    arrayFilters: (statement.arrayFilters as unknown[] | undefined) ?? [],
  });
  if (multi && change.isReplacement)
    throw badValue('multi update is not supported for replacement-style update');
  const filter = readDocument(statement.q, 'q');
  const upsert = readFlag(statement.upsert);
  const collection = upsert
    ? engine.catalog.ensure(view, call.db, name)
    : engine.catalog.find(view, call.db, name);
  if (!collection) return { matched: 0, modified: 0 };
  const found = findDocuments(view, collection, { filter, limit: multi ? 0 : 1 }, budget);
  let matched = 0;
  let modified = 0;
  for (const doc of multi
    ? laterDocuments(call, collection, found.next(view, budget))
    : docsOf(found.next(view, budget))) {
    const position = change.needsPosition ? found.matcher.positionOf(doc) : undefined;
    const result = change.apply(doc, { inserting: false, position });
    if (result.changed) replaceDocument(engine.catalog, view, collection, doc, result.doc);
    matched += 1;
    modified += result.changed ? 1 : 0;
  }
  if (matched > 0 || !upsert) return { matched, modified };
  const inserted = insertDocument(
    engine.catalog,
    view,
    collection,
    encodeDocument(documentForUpsert(filter, change)),
  );
  return { matched: 1, modified: 0, upsertedId: inserted._id };
}

function* docsOf(found: Iterable<{ doc: Doc }>): Generator<Doc> {
  for (const { doc } of [...found]) yield doc;
}

/** Finds all before the first is changed: a changed document may come again further on in the index. */
function* laterDocuments(
  call: Call,
  collection: Collection,
  found: Iterable<{ id: Buffer }>,
): Generator<Doc> {
  const ids = Array.from(found, ({ id }) => id);
  for (const id of ids) {
    const current = fetchDocument(call.view, collection, id);
    if (current) yield current.doc;
  }
}

export const deleteDocuments: WriteCommand = {
  kind: 'write',
  fields: 'delete deletes ordered',
  inTransaction: true,
  run(call) {
    let n = 0;
    const statements = readStatements(call, 'deletes');
    for (const statement of statements)
      checkFields(statement, ['q', 'limit'], 'The delete option', ['q', 'limit']);
    const collection = call.engine.catalog.find(call.view, call.db, collectionName(call));
    const errors = runStatements(statements, call.body.ordered !== false, (statement) => {
      const limit = readCount(statement.limit, 'limit') ?? 0;
      if (limit > 1) throw badValue('The limit field in delete objects must be 0 or 1');
      const filter = readDocument(statement.q, 'q');
      if (!collection) return;
      const found = findDocuments(call.view, collection, { filter, limit }, call.budget).next(
        call.view,
        call.budget,
      );
      for (const doc of laterDocuments(call, collection, found)) {
        removeDocument(call.view, collection, doc);
        n += 1;
      }
    });
    return bulkReply({ n }, errors);
  },
};
