import { encodeDocument } from '../document-bytes.ts';
import { failedToParse } from '../errors.ts';
import { findDocuments } from '../query/find-documents.ts';
import { compileProjection } from '../query/project.ts';
import { insertDocument, removeDocument, replaceDocument } from '../storage/documents.ts';
import type { WriteView } from '../storage/tables.ts';
import { compileUpdate } from '../update/apply-update.ts';
import { documentForUpsert } from '../update/upsert.ts';
import type { Doc } from '../values/bson-types.ts';
import { collectionName, readDocument, readFlag, type Call, type WriteCommand } from './command.ts';

interface Modified {
  value: Doc | null;
  lastErrorObject: Doc;
}

/** `findOneAndUpdate`, `findOneAndReplace` and `findOneAndDelete`. */
export const findAndModify: WriteCommand = {
  kind: 'write',
  fields: 'findAndModify query sort remove update new upsert fields arrayFilters',
  inTransaction: true,
  run(call) {
    const { body } = call;
    const remove = readFlag(body.remove);
    if (remove === (body.update !== undefined))
      throw failedToParse('Either an update or remove=true must be specified');
    if (remove && (readFlag(body.new) || readFlag(body.upsert))) {
      throw failedToParse('Cannot specify both new=true or upsert=true and remove=true');
    }
    const { value, lastErrorObject } = modify(call, remove);
    return { lastErrorObject, value };
  },
};

function modify(call: Call<WriteView>, remove: boolean): Modified {
  const { engine, view, body, budget, now } = call;
  const filter = readDocument(body.query, 'query');
  const change = remove
    ? undefined
    : compileUpdate(body.update, { now, arrayFilters: (body.arrayFilters as unknown[] | undefined) ?? [] });
  const name = collectionName(call);
  const upsert = readFlag(body.upsert);
  const collection = upsert
    ? engine.catalog.ensure(view, call.db, name)
    : engine.catalog.find(view, call.db, name);
  if (!collection)
    return { value: null, lastErrorObject: remove ? { n: 0 } : { n: 0, updatedExisting: false } };
  const search = { filter, sort: readDocument(body.sort, 'sort'), limit: 1 };
  const documents = findDocuments(view, collection, search, budget);
  const project = compileProjection(readDocument(body.fields, 'fields'), documents.matcher);
  const [found] = [...documents.next(view, budget)];
  if (found && !change) {
    removeDocument(view, collection, found.doc);
    return { value: project(found.doc), lastErrorObject: { n: 1 } };
  }
  if (found && change) {
    const position = change.needsPosition ? documents.matcher.positionOf(found.doc) : undefined;
    const result = change.apply(found.doc, { inserting: false, position });
    if (result.changed) replaceDocument(engine.catalog, view, collection, found.doc, result.doc);
    return {
      value: project(readFlag(body.new) ? result.doc : found.doc),
      lastErrorObject: { n: 1, updatedExisting: true },
    };
  }
  if (!change || !upsert)
    return { value: null, lastErrorObject: change ? { n: 0, updatedExisting: false } : { n: 0 } };
  const inserted = insertDocument(
    engine.catalog,
    view,
    collection,
    encodeDocument(documentForUpsert(filter, change)),
  );
  const lastErrorObject = { n: 1, updatedExisting: false, upserted: inserted._id };
  return { value: readFlag(body.new) ? project(inserted) : null, lastErrorObject };
}
