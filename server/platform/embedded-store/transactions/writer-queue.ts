import { StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { LmdbStore, Work } from '../storage/lmdb-store.ts';
import { WriterCount } from './writer-count.ts';

/** The share of the recent writers that one commit waits for. */
const gatherShare = 0.6;

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
  /** Groups committed so far; each was one flush. */
  commits = 0;
  private waiting: (WaitingWrite | WaitingLock)[] = [];
  private locked = false;
  private scheduled = false;
  private lastCommitMs = 0;
  private gathering: NodeJS.Timeout | undefined;
  private readonly writers = new WriterCount();

  constructor(private readonly store: LmdbStore) {}

  get othersWait(): boolean {
    return this.waiting.length > 0;
  }

  /**
   * Runs a write in the next group; resolves once it is on disk.
   * @param writer who asks, to tell one busy client from many
   */
  write<T>(work: Work<T>, writer = 0): Promise<T> {
    this.writers.note(writer, Date.now());
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

  /**
   * Each commit costs a flush, so with many writers it waits until more than half of them are here, none has come for
   * a moment, or the time is up. One or two writers never wait.
   */
  private schedule(): void {
    if (this.locked || this.waiting.length === 0) return;
    const enough =
      this.waiting.at(-1)!.kind === 'lock' ||
      this.waiting.length >= Math.floor(this.writers.lately * gatherShare);
    if (enough) {
      clearInterval(this.gathering);
      this.gathering = undefined;
      if (!this.scheduled) setImmediate(() => this.run());
      this.scheduled = true;
    } else if (!this.scheduled && !this.gathering) {
      this.gather();
    }
  }

  private gather(): void {
    const started = performance.now();
    // The slower the disk, the more a flush that is saved is worth.
    const pause = Math.min(Math.max(this.lastCommitMs / 2, 1), limits.gatherMs);
    const longest = Math.min(Math.max(this.lastCommitMs, limits.gatherMs), limits.gatherMs * 3);
    let seen = this.waiting.length;
    let seenAt = started;
    this.gathering = setInterval(() => {
      const now = performance.now();
      if (this.waiting.length > seen) {
        seen = this.waiting.length;
        seenAt = now;
      }
      if (now - seenAt < pause && now - started < longest) return;
      clearInterval(this.gathering);
      this.gathering = undefined;
      this.run();
    }, 1);
  }

  private run(): void {
    this.scheduled = false;
    if (this.locked) return;
    const firstLock = this.waiting.findIndex(({ kind }) => kind === 'lock');
    const group = this.waiting.splice(0, firstLock < 0 ? this.waiting.length : firstLock) as WaitingWrite[];
    if (group.length > 0) {
      this.commits += 1;
      const started = performance.now();
      const outcomes = this.store.commit(group.map(({ work }) => work));
      this.lastCommitMs = performance.now() - started;
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
