import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { storeUri } from './store-uri.ts';

/** The URI of the store another process serves from this folder, when its socket is there. */
export function findRunningStore(dataDirectory: string, databaseName?: string): string | undefined {
  const path = join(resolve(dataDirectory), 'store', 'db.sock');
  return existsSync(path) ? storeUri({ path }, databaseName) : undefined;
}
