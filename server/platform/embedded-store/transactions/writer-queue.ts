import { StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { LmdbStore, Work } from '../storage/lmdb-store.ts';

interface WaitingWrite {
  kind: 'write';
  since: number;
  work: Work<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

interface WaitingLock {
  kind: 'lock';
  since: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * One writer at a time, first come first served: single writes are gathered into one durable commit, a transaction
 * holds the lock from its first statement to its end.
 */
export class WriterQueue {
  private waiting: (WaitingWrite | WaitingLock)[] = [];
  private locked = false;
  private scheduled = false;

  constructor(private readonly store: LmdbStore) {}

  get othersWait(): boolean {
    return this.waiting.length > 0;
  }

  /** Runs a write in the next group; resolves once it is on disk. */
  write<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        kind: 'write',
        since: Date.now(),
        work,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.schedule();
    });
  }

  /** Waits for the lock of a transaction. */
  lock(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ kind: 'lock', since: Date.now(), resolve, reject });
      this.schedule();
    });
  }

  unlock(): void {
    this.locked = false;
    this.schedule();
  }

  /** A write outside the transaction that its own client holds open would wait for ever. */
  rejectOverdue(now: number): void {
    if (!this.locked) return;
    const overdue = this.waiting.filter(({ since }) => now - since > limits.lockWaitMs);
    if (overdue.length === 0) return;
    this.waiting = this.waiting.filter(({ since }) => now - since <= limits.lockWaitMs);
    for (const { reject } of overdue) {
      reject(
        new StoreError(
          24,
          `Waited ${limits.lockWaitMs} ms for another transaction. A write without the session inside a transaction waits for that transaction itself`,
        ),
      );
    }
  }

  /** Everything that has arrived in this turn of the event loop goes into one commit. */
  private schedule(): void {
    if (this.scheduled || this.locked || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.run();
    });
  }

  private run(): void {
    if (this.locked) return;
    const firstLock = this.waiting.findIndex(({ kind }) => kind === 'lock');
    const group = this.waiting.splice(0, firstLock < 0 ? this.waiting.length : firstLock) as WaitingWrite[];
    if (group.length > 0) {
      const outcomes = this.store.commit(group.map(({ work }) => work));
      outcomes.forEach((outcome, i) => {
        if (outcome.ok) group[i]!.resolve(outcome.value);
        else group[i]!.reject(outcome.error);
      });
    }
    const next = this.waiting[0];
    if (next?.kind !== 'lock') return;
    this.waiting.shift();
    this.locked = true;
    next.resolve();
  }
}
