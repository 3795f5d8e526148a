import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import {
  startEmbeddedStore,
  type EmbeddedStore,
} from '../../server/platform/embedded-store/start-embedded-store.ts';

export interface TestDatabase {
  /** Names a database nobody else uses. */
  uri: string;
  /** Drops the database. Close your own connections first. */
  close(): Promise<void>;
}

let store: Promise<EmbeddedStore> | undefined;

/** A fresh database: on the server that MONGODB_URI names, else on one embedded store per test process. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env.MONGODB_URI ?? (await (store ??= startStore())).uri;
  const uri = withDatabase(server, `test-${randomBytes(6).toString('hex')}`);
  return { uri, close: () => dropDatabase(uri) };
}

async function startStore(): Promise<EmbeddedStore> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-test-'));
  const started = await startEmbeddedStore({ dataDirectory });
  // Test files do not know who is last: the store ends with the process.
  started.unref();
  process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }));
  return started;
}

/** The URI of another database on the same server. */
export function withDatabase(uri: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(\?.*)?$/.exec(uri);
  if (!parts) throw new Error('MONGODB_URI is not a MongoDB URI');
  const [, host, database, options = ''] = parts;
  // Without this the new name would also become the database that knows the user.
  const needsSource = host!.includes('@') && !options.includes('authSource=');
  const source = needsSource ? `${options ? '&' : '?'}authSource=${database || 'admin'}` : '';
  return `${host}/${name}${options}${source}`;
}

async function dropDatabase(uri: string): Promise<void> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  await client.db().dropDatabase();
  await client.close();
}
