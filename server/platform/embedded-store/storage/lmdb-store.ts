import { ABORT, open, type RootDatabase } from 'lmdb';
import { StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { tableNames, Tables, type Effects, type LmdbDatabases, type View, type WriteView } from './tables.ts';

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };
export type Work<T> = (view: WriteView) => T;

/** The lmdb environment: grouped durable commits, and trial runs for the statements of an open transaction. */
export class LmdbStore {
  private readonly tables: Tables;

  private constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    private readonly databases: LmdbDatabases,
  ) {
    this.tables = new Tables(databases);
  }

  /** @param mapBytes the largest size the data file may reach */
  static open(path: string, mapBytes: number = limits.mapBytes): LmdbStore {
    const root = open<Buffer, Buffer>({
      path,
      mapSize: mapBytes,
      maxDbs: tableNames.length + 1,
      // The default `true` answers before the flush: an acknowledged write could be lost.
      overlappingSync: false,
      cache: false,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    const openTable = (name: string) =>
      root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
    const databases = Object.fromEntries(tableNames.map((name) => [name, openTable(name)])) as LmdbDatabases;
    return new LmdbStore(root, databases);
  }

  /** The last commit. */
  get view(): View {
    return this.tables;
  }

  /**
   * Runs the works in one durable transaction, one flush for all, each alone in its own child: one that throws leaves
   * nothing behind and does not disturb the others. When it returns, what it reports is on disk.
   */
  commit<T>(works: readonly Work<T>[]): Outcome<T>[] {
    try {
      return this.root.transactionSync(() => works.map((work) => this.attempt(work)));
    } catch (error) {
      return works.map(() => ({ ok: false, error: asStorageError(error) }));
    }
  }

  private attempt<T>(work: Work<T>): Outcome<T> {
    try {
      return { ok: true, value: this.root.transactionSync(() => work(this.tables)) };
    } catch (error) {
      return { ok: false, error: asStorageError(error) };
    }
  }

  /** Runs one statement on top of a transaction's effects so far, adds its own to them, and leaves the store as it was. */
  tryOut<T>(effects: Effects, work: Work<T>): T {
    let value: T | undefined;
    this.root.transactionSync(() => {
      this.tables.replay(effects);
      value = work(new Tables(this.databases, effects));
      return ABORT;
    });
    return value as T;
  }

  /** Makes a transaction's effects durable, with whatever `work` adds. */
  commitEffects(effects: Effects, work: Work<void>): Outcome<void> {
    const [outcome] = this.commit<void>([
      (view) => {
        this.tables.replay(effects);
        work(view);
      },
    ]);
    return outcome!;
  }

  close(): Promise<void> {
    return this.root.close();
  }
}

/** A full disk shows as one of these, by way of lmdb also as EIO at the commit. 14031 is not retried by drivers. */
function asStorageError(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  if (!/MDB_MAP_FULL|No space left|Input\/output error|File too large|Disk quota/i.test(error.message))
    return error;
  return new StoreError(
    14031,
    `This could not be written, probably because the disk is full; nothing of it was kept (${error.message})`,
  );
}
