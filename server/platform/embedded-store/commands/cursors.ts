import { Long } from 'bson';
import { StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { encodeCursorReply } from '../wire/cursor-reply.ts';
import type { ScanBudget } from '../query/scan.ts';
import type { View } from '../storage/tables.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { readCount, type Call, type ReadCommand } from './command.ts';

/** Gives encoded documents, a portion at a time. */
export interface DocumentSource {
  next(view: View, budget: ScanBudget): Iterable<Uint8Array>;
}

interface Cursor {
  id: Long;
  namespace: string;
  source: DocumentSource;
  /** Taken from the source but not sent: it did not fit, or showed that there is more. */
  pending: Uint8Array | undefined;
  usedAt: number;
  /** Its collection or an index of it is gone: going on would cut the result short. */
  isEnded: boolean;
}

/** The open cursors of all connections. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = 0;

  /** Answers the first batch and keeps a cursor when there is more. */
  start(
    call: Call,
    namespace: string,
    source: DocumentSource,
    batchSize: number,
    single: boolean,
  ): Uint8Array {
    // Random high bits: an id of before a restart must not meet another query's cursor.
    const id = new Long((this.lastId += 1), 1 + Math.floor(Math.random() * 0x7ffffff0));
    const cursor: Cursor = { id, namespace, source, pending: undefined, usedAt: Date.now(), isEnded: false };
    const { documents, more } = takeBatch(cursor, call, batchSize);
    const keep = more && !single;
    if (keep) this.open.set(id.toString(), cursor);
    return encodeCursorReply('firstBatch', documents, keep ? id : Long.ZERO, namespace);
  }

  more(call: Call, id: Long, namespace: string, batchSize: number): Uint8Array {
    const cursor = this.open.get(id.toString());
    if (cursor?.namespace !== namespace) throw new StoreError(43, `cursor id ${id.toString()} not found`);
    if (cursor.isEnded) {
      this.open.delete(id.toString());
      throw new StoreError(175, `collection or index dropped: ${namespace}`);
    }
    cursor.usedAt = Date.now();
    const { documents, more } = takeBatch(cursor, call, batchSize);
    if (!more) this.open.delete(id.toString());
    return encodeCursorReply('nextBatch', documents, more ? id : Long.ZERO, namespace);
  }

  kill(id: Long): boolean {
    return this.open.delete(id.toString());
  }

  /** To be called before a collection or one of its indexes is dropped. */
  endAllOf(namespace: string): void {
    for (const cursor of this.open.values()) if (cursor.namespace === namespace) cursor.isEnded = true;
  }

  dropIdle(now: number): void {
    for (const [id, { usedAt }] of this.open) if (now - usedAt > limits.cursorIdleMs) this.open.delete(id);
  }
}

function takeBatch(
  cursor: Cursor,
  call: Call,
  batchSize: number,
): { documents: Uint8Array[]; more: boolean } {
  const documents: Uint8Array[] = [];
  if (batchSize === 0) return { documents, more: true };
  let bytes = 0;
  if (cursor.pending) {
    documents.push(cursor.pending);
    bytes = cursor.pending.length;
    cursor.pending = undefined;
  }
  for (const document of cursor.source.next(call.view, call.budget)) {
    bytes += document.length;
    if (documents.length >= batchSize || (documents.length > 0 && bytes > limits.replyBatchBytes)) {
      cursor.pending = document;
      return { documents, more: true };
    }
    documents.push(document);
  }
  return { documents, more: false };
}

export const getMore: ReadCommand = {
  kind: 'read',
  fields: 'getMore collection batchSize',
  inTransaction: true,
  run(call) {
    const batchSize = readCount(call.body.batchSize, 'batchSize') || Infinity;
    return call.engine.cursors.more(
      call,
      readId(call.body.getMore),
      `${call.db}.${String(call.body.collection)}`,
      batchSize,
    );
  },
};

export const killCursors: ReadCommand = {
  kind: 'read',
  fields: 'killCursors cursors',
  inTransaction: true,
  run(call) {
    const ids = Array.isArray(call.body.cursors) ? call.body.cursors.map(readId) : [];
    const killed = ids.filter((id) => call.engine.cursors.kill(id));
    const cursorsNotFound = ids.filter((id) => !killed.includes(id));
    return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
  },
};

function readId(value: unknown): Long {
  if (value instanceof Long) return value;
  if (!isNumeric(value)) throw new StoreError(14, 'a cursor id must be a long');
  return Long.fromNumber(toNumber(value));
}
