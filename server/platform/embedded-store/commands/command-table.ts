import { aggregate } from './aggregate.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import type { CommandSpec } from './command.ts';
import { getMore, killCursors } from './cursors.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { count, distinct, find } from './read.ts';
import * as server from './server.ts';
import { deleteDocuments, insert, update } from './write.ts';

/** Every command there is. What is not here is 59 CommandNotFound. */
export const commandTable: ReadonlyMap<string, CommandSpec> = new Map<string, CommandSpec>(
  Object.entries({
    ...server,
    find,
    count,
    distinct,
    aggregate,
    getMore,
    killCursors,
    insert,
    update,
    delete: deleteDocuments,
    findAndModify,
    create,
    drop,
    dropDatabase,
    listCollections,
    listDatabases,
    createIndexes,
    listIndexes,
    dropIndexes,
  }),
);

/** Fields any command may carry; each means nothing here, or is checked by `run-command.ts`. */
export const commonFields: readonly string[] = [
  '$db',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'maxTimeMS',
  'comment',
  'readConcern',
  'writeConcern',
  '$readPreference',
  '$clusterTime',
];
