import { Binary, Long } from 'bson';
import { badValue, StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { LmdbStore } from '../storage/lmdb-store.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import { bytesOf } from '../values/compare.ts';
import { exactNumber, isNumeric } from '../values/numbers.ts';
import type { Connection } from '../wire/connection.ts';
import { readRetryRecord, tooOld } from './retry-records.ts';
import { noSuchTransaction, Transaction } from './transaction.ts';
import type { WriterQueue } from './writer-queue.ts';

/** The sessions' open transactions, found by `lsid` and ended when nobody is there to end them. */
export class Sessions {
  private readonly transactions = new Map<string, Transaction>();

  constructor(
    private readonly store: LmdbStore,
    private readonly queue: WriterQueue,
  ) {}

  /** Opens a transaction; waits until it has the writer lock. */
  async start(session: Buffer, txnNumber: bigint): Promise<Transaction> {
    const before = this.transactions.get(session.toString('hex'));
    const latest = before?.txnNumber ?? readRetryRecord(this.store.view, session)?.txnNumber;
    if (latest !== undefined && latest >= txnNumber) throw tooOld(txnNumber, latest);
    before?.abort();
    const transaction = new Transaction(session, txnNumber, this.store, this.queue);
    this.transactions.set(session.toString('hex'), transaction);
    await transaction.begin();
    return transaction;
  }

  get(session: Buffer, txnNumber: bigint): Transaction {
    const transaction = this.transactions.get(session.toString('hex'));
    if (transaction && transaction.txnNumber > txnNumber) throw tooOld(txnNumber, transaction.txnNumber);
    if (transaction?.txnNumber !== txnNumber) throw noSuchTransaction(txnNumber);
    return transaction;
  }

  /** Commits, or confirms a commit that was already done, also before a restart. */
  commit(session: Buffer, txnNumber: bigint): void {
    const record = readRetryRecord(this.store.view, session);
    if (record?.txnNumber === txnNumber && !record.reply) return;
    this.get(session, txnNumber).commit();
  }

  end(session: Buffer): void {
    this.transactions.get(session.toString('hex'))?.abort();
    this.transactions.delete(session.toString('hex'));
  }

  connectionClosed(connection: Connection): void {
    for (const transaction of this.transactions.values()) transaction.connectionClosed(connection);
  }

  abortAll(): void {
    for (const transaction of this.transactions.values()) transaction.abort();
  }

  /** Ends transactions nobody continues, sooner when others wait, and forgets old ones. */
  sweep(now: number): void {
    this.queue.rejectOverdue(now);
    const idleLimit = this.queue.othersWait
      ? limits.transactionIdleWhileOthersWaitMs
      : limits.transactionIdleMs;
    for (const [name, transaction] of this.transactions) {
      const idle = now - transaction.lastUsedAt;
      if (idle > idleLimit) transaction.abort();
      if (idle > limits.sessionIdleMs) this.transactions.delete(name);
    }
  }
}

/** The session and number a command carries. @throws StoreError when they are not what a driver sends. */
export function readSession(body: Doc): { session: Buffer; txnNumber: bigint } | undefined {
  if (body.txnNumber === undefined) return undefined;
  const id = isDocument(body.lsid) ? body.lsid.id : undefined;
  if (!(id instanceof Binary) || id.position !== 16)
    throw new StoreError(72, 'txnNumber needs a session (lsid)');
  if (!(body.txnNumber instanceof Long) && !isNumeric(body.txnNumber))
    throw badValue('txnNumber must be a number');
  return { session: Buffer.from(bytesOf(id)), txnNumber: BigInt(exactNumber(body.txnNumber)) };
}
