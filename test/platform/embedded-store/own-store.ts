import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import {
  startEmbeddedStore,
  type EmbeddedStore,
  type EmbeddedStoreOptions,
} from '../../../server/platform/embedded-store/start-embedded-store.ts';

export type MongoClient = mongoose.mongo.MongoClient;

export interface OwnStore extends EmbeddedStore {
  dataDirectory: string;
  /** A client that gives up quickly. Closed with the store. */
  connect(): Promise<MongoClient>;
  /** Closes clients and store, and removes the data. */
  remove(): Promise<void>;
}

export function makeDataDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'plenary-store-'));
}

/** A store with a data folder of its own, for tests that look at more than the protocol. */
export async function startOwnStore(options: Partial<EmbeddedStoreOptions> = {}): Promise<OwnStore> {
  const dataDirectory = options.dataDirectory ?? makeDataDirectory();
  const store = await startEmbeddedStore({ ...options, dataDirectory });
  const clients: MongoClient[] = [];
  return {
    ...store,
    dataDirectory,
    connect: async () => {
      const client = await connectTo(store.uri);
      clients.push(client);
      return client;
    },
    remove: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await store.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export function connectTo(uri: string, serverSelectionTimeoutMS = 5_000): Promise<MongoClient> {
  return mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS });
}
