import { StoreError } from '../errors.ts';
import type { LmdbStore, Work } from '../storage/lmdb-store.ts';
import type { Effects } from '../storage/tables.ts';
import type { Connection } from '../wire/connection.ts';
import { writeRetryRecord } from './retry-records.ts';
import type { WriterQueue } from './writer-queue.ts';

/**
 * One multi-document transaction. It holds the writer lock from its first statement, reads included, so nothing it has
 * read can change before it commits. Its effects are kept here and laid again under each statement, which then runs
 * on the same code path as any other and is rolled back; only the commit writes them for good.
 */
export class Transaction {
  private state: 'waiting' | 'open' | 'committed' | 'aborted' = 'waiting';
  private readonly effects: Effects = new Map();
  private readonly connections = new Set<Connection>();
  lastUsedAt = Date.now();

  constructor(
    readonly session: Buffer,
    readonly txnNumber: bigint,
    private readonly store: LmdbStore,
    private readonly queue: WriterQueue,
  ) {}

  get isOpen(): boolean {
    return this.state === 'open' || this.state === 'waiting';
  }

  async begin(): Promise<void> {
    try {
      await this.queue.lock();
    } catch (error) {
      this.state = 'aborted';
      throw error;
    }
    this.lastUsedAt = Date.now();
    if (this.state === 'waiting') this.state = 'open';
    else this.queue.unlock();
  }

  /** Runs one statement. Any error ends the transaction, as in MongoDB. */
  run<T>(connection: Connection, work: Work<T>): T {
    if (this.state !== 'open') throw noSuchTransaction(this.txnNumber);
    this.lastUsedAt = Date.now();
    if (connection.closed) {
      // It went while the transaction waited for the lock, so nobody will end it.
      this.abort();
      throw noSuchTransaction(this.txnNumber);
    }
    this.connections.add(connection);
    try {
      return this.store.tryOut(this.effects, work);
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  commit(): void {
    if (this.state === 'committed') return;
    if (this.state !== 'open') throw noSuchTransaction(this.txnNumber);
    const outcome = this.store.commitEffects(this.effects, (view) =>
      writeRetryRecord(view, this.session, this.txnNumber),
    );
    if (!outcome.ok) {
      this.abort();
      throw outcome.error;
    }
    this.end('committed');
  }

  /** The client's own abort; a second one, or one after the end, is its mistake. */
  abortOnRequest(): void {
    if (!this.isOpen) throw noSuchTransaction(this.txnNumber);
    this.abort();
  }

  abort(): void {
    if (this.isOpen) this.end('aborted');
  }

  /** A client that is gone will not finish: the others must not wait for the idle limit. */
  connectionClosed(connection: Connection): void {
    if (this.connections.delete(connection) && this.connections.size === 0) this.abort();
  }

  private end(state: 'committed' | 'aborted'): void {
    const heldLock = this.state === 'open';
    this.state = state;
    this.effects.clear();
    if (heldLock) this.queue.unlock();
  }
}

export function noSuchTransaction(txnNumber: bigint): StoreError {
  return new StoreError(251, `Transaction ${txnNumber} has been aborted or was never started`);
}
