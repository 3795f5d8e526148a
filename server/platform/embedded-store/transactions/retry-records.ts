import { Binary, Long } from 'bson';
import { decodeDocument, encodeDocument } from '../document-bytes.ts';
import { StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { prefixRange, type View, type WriteView } from '../storage/tables.ts';
import { bytesOf } from '../values/compare.ts';

/** What is remembered of a session: its last numbered write or commit, so that a repeated one is answered, not done again. */
export interface RetryRecord {
  txnNumber: bigint;
  at: Date;
  /** The reply to a write; a transaction that was committed has none. */
  reply: Uint8Array | undefined;
}

export function readRetryRecord(view: View, session: Buffer): RetryRecord | undefined {
  const bytes = view.get('sessions', session);
  if (!bytes) return undefined;
  const record = decodeDocument(bytes);
  return {
    txnNumber: (record.txnNumber as Long).toBigInt(),
    at: record.at as Date,
    reply: record.reply ? bytesOf(record.reply as Binary) : undefined,
  };
}

export function writeRetryRecord(
  view: WriteView,
  session: Buffer,
  txnNumber: bigint,
  reply?: Uint8Array,
): void {
  const record = { txnNumber: Long.fromBigInt(txnNumber), at: new Date(), reply: reply && new Binary(reply) };
  view.put('sessions', session, encodeDocument(record));
}

/** Executes a numbered write once: the record is part of the same commit, so a retry after a crash finds it. */
export function runOnce(
  view: WriteView,
  session: Buffer,
  txnNumber: bigint,
  run: () => Uint8Array,
): Uint8Array {
  const record = readRetryRecord(view, session);
  if (record && record.txnNumber > txnNumber) throw tooOld(txnNumber, record.txnNumber);
  if (record?.txnNumber === txnNumber && record.reply) return record.reply;
  const reply = run();
  writeRetryRecord(view, session, txnNumber, reply);
  return reply;
}

export function tooOld(asked: bigint, latest: bigint): StoreError {
  return new StoreError(
    225,
    `Cannot start transaction ${asked} because a newer one, ${latest}, has already started`,
  );
}

/** Forgets sessions that have been silent longer than the driver keeps them. */
export function dropOldRecords(view: WriteView, now: Date): void {
  const oldest = now.getTime() - limits.sessionIdleMs;
  for (const { key, value } of [...view.range('sessions', prefixRange(Buffer.alloc(0)))]) {
    if ((decodeDocument(value).at as Date).getTime() < oldest) view.remove('sessions', key);
  }
}
