import { Long } from 'bson';
import { encodeDocument } from '../document-bytes.ts';
import { StoreError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { prefixRange, numberBytes } from '../storage/tables.ts';
import { encodeCursorReply } from '../wire/cursor-reply.ts';
import {
  checkFields,
  collectionName,
  readDocument,
  readFlag,
  type ReadCommand,
  type WriteCommand,
} from './command.ts';

export const create: WriteCommand = {
  kind: 'write',
  fields: 'create',
  inTransaction: true,
  run({ engine, view, db, ...call }) {
    const name = collectionName({ engine, view, db, ...call });
    if (engine.catalog.find(view, db, name))
      throw new StoreError(48, `Collection ${db}.${name} already exists.`);
    engine.catalog.create(view, db, name);
    return {};
  },
};

export const drop: WriteCommand = {
  kind: 'write',
  fields: 'drop',
  inTransaction: false,
  run(call) {
    const collection = call.engine.catalog.find(call.view, call.db, collectionName(call));
    if (!collection) return {};
    call.engine.cursors.endAllOf(collection.namespace);
    call.engine.catalog.drop(call.view, collection);
    return { nIndexesWas: collection.indexes.length + 1, ns: collection.namespace };
  },
};

export const dropDatabase: WriteCommand = {
  kind: 'write',
  fields: 'dropDatabase',
  inTransaction: false,
  run({ engine, view, db }) {
    for (const collection of engine.catalog.list(view, db)) {
      engine.cursors.endAllOf(collection.namespace);
      engine.catalog.drop(view, collection);
    }
    return { dropped: db };
  },
};

export const listCollections: ReadCommand = {
  kind: 'read',
  fields: 'listCollections filter nameOnly authorizedCollections cursor',
  inTransaction: false,
  run({ engine, view, db, body }) {
    checkFields(readDocument(body.cursor, 'cursor'), ['batchSize'], 'The cursor option');
    const matcher = compileFilter(readDocument(body.filter, 'filter'));
    const described = engine.catalog.list(view, db).map(({ name, uuid }) => ({
      name,
      type: 'collection',
      options: {},
      info: { readOnly: false, uuid },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }));
    const shown = described
      .filter((collection) => matcher.matches(collection))
      .map((collection) =>
        readFlag(body.nameOnly) ? { name: collection.name, type: collection.type } : collection,
      );
    return encodeCursorReply(
      'firstBatch',
      shown.map(encodeDocument),
      Long.ZERO,
      `${db}.$cmd.listCollections`,
    );
  },
};

export const listDatabases: ReadCommand = {
  kind: 'read',
  fields: 'listDatabases filter nameOnly authorizedDatabases',
  inTransaction: false,
  run({ engine, view, body }) {
    const matcher = compileFilter(readDocument(body.filter, 'filter'));
    const names = [...new Set(engine.catalog.list(view).map(({ db }) => db))].filter((name) =>
      matcher.matches({ name }),
    );
    if (readFlag(body.nameOnly)) return { databases: names.map((name) => ({ name })) };
    const databases = names.map((name) => {
      const collections = engine.catalog.list(view, name);
      const empty = collections.every(
        ({ id }) => view.count('documents', prefixRange(numberBytes(id))) === 0,
      );
      return { name, sizeOnDisk: 0, empty };
    });
    return { databases, totalSize: 0 };
  },
};
