import type { Engine } from '../engine.ts';
import { decodeDocument } from '../document-bytes.ts';
import { limits } from '../limits.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import type { Collection, Index } from './catalog.ts';
import { documentKey, removeDocument } from './documents.ts';
import { numberBytes, type View, type WriteView } from './tables.ts';

/** Removes documents whose TTL has passed, in small batches through the writer queue, so others are not held up. */
export async function expireDocuments(engine: Engine, now: Date): Promise<void> {
  for (const collection of engine.catalog.list(engine.store.view)) {
    for (const { name } of collection.indexes.filter(
      ({ expireAfterSeconds }) => expireAfterSeconds !== undefined,
    )) {
      let removed: number;
      do {
        removed = await engine.queue.write((view) => {
          const current = engine.catalog.find(view, collection.db, collection.name);
          const index = current?.indexes.find((one) => one.name === name);
          return current && index ? removeExpired(view, current, index, now) : 0;
        });
      } while (removed === limits.expiryBatchDocuments);
    }
  }
}

/** Only dates expire; of several in an array the earliest counts, which is the first key. */
function removeExpired(view: WriteView, collection: Collection, index: Index, now: Date): number {
  const ids = expiredIds(view, index, new Date(now.getTime() - (index.expireAfterSeconds ?? 0) * 1_000));
  for (const id of ids) {
    const bytes = view.get('documents', documentKey(collection, id));
    if (bytes) removeDocument(view, collection, decodeDocument(bytes));
  }
  return ids.length;
}

function expiredIds(view: View, index: Index, before: Date): Buffer[] {
  const number = numberBytes(index.id);
  const date = encodeIndexKey([before]).key;
  const from = Buffer.concat([number, date.subarray(0, 1)]);
  const ids: Buffer[] = [];
  for (const { value } of view.range('entries', { from, to: Buffer.concat([number, date]) })) {
    ids.push(value);
    if (ids.length >= limits.expiryBatchDocuments) break;
  }
  return ids;
}
