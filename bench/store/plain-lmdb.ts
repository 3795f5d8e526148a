import { join } from 'node:path';
import { open } from 'lmdb';
import { encodeDocument } from '../../server/platform/embedded-store/document-bytes.ts';
import { registration } from './registration.ts';

/** Durable puts per second of the same bytes, straight into lmdb, so many to a commit. */
export function lmdbPutsPerSecond(folder: string, groupSize: number, milliseconds: number): number {
  const database = open<Buffer, Buffer>({
    path: join(folder, `plain-${groupSize}.mdb`),
    overlappingSync: false,
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const started = performance.now();
  let puts = 0;
  while (performance.now() - started < milliseconds) {
    database.transactionSync(() => {
      for (let i = 0; i < groupSize; i += 1) {
        const doc = registration((puts += 1));
        database.putSync(Buffer.from(doc._id.id), Buffer.from(encodeDocument(doc)));
      }
    });
  }
  const perSecond = (puts / (performance.now() - started)) * 1_000;
  void database.close();
  return perSecond;
}
