import { Cursors } from './commands/cursors.ts';
import { limits } from './limits.ts';
import { Catalog } from './storage/catalog.ts';
import { expireDocuments } from './storage/expire-documents.ts';
import type { LmdbStore } from './storage/lmdb-store.ts';
import { dropOldRecords } from './transactions/retry-records.ts';
import { Sessions } from './transactions/sessions.ts';
import { WriterQueue } from './transactions/writer-queue.ts';
import type { Connection } from './wire/connection.ts';

/** A line for the product's log. Holds names and shapes, never values. */
export interface StoreLogEntry {
  level: 'info' | 'warn' | 'error';
  message: string;
  details: Record<string, unknown>;
}

export type StoreLog = (entry: StoreLogEntry) => void;

/** The parts of a running store, and its clockwork. */
export class Engine {
  readonly catalog = new Catalog();
  readonly cursors = new Cursors();
  readonly queue: WriterQueue;
  readonly sessions: Sessions;
  /** What `hello` names as this server. */
  address = '';
  private readonly timers: NodeJS.Timeout[];

  constructor(
    readonly store: LmdbStore,
    readonly log: StoreLog,
  ) {
    this.queue = new WriterQueue(store);
    this.sessions = new Sessions(store, this.queue);
    this.timers = [
      setInterval(() => this.sessions.sweep(Date.now()), 500),
      setInterval(() => void this.tidy(new Date()), limits.expirySweepMs),
    ];
  }

  /** Removes what has expired: documents under a TTL index, session records, idle cursors. */
  async tidy(now: Date): Promise<void> {
    this.cursors.dropIdle(now.getTime());
    try {
      await expireDocuments(this, now);
      await this.queue.write((view) => dropOldRecords(view, now));
    } catch (error) {
      this.log({
        level: 'warn',
        message: 'sweep of expired documents failed',
        details: { error: String(error) },
      });
    }
  }

  connectionClosed(connection: Connection): void {
    this.sessions.connectionClosed(connection);
  }

  async close(): Promise<void> {
    this.timers.forEach(clearInterval);
    this.sessions.abortAll();
    // Queued behind everything that was accepted.
    await this.queue.write(() => undefined);
    await this.store.close();
  }
}
