import type { Worker } from 'node:worker_threads';
import { openThread } from '../threads/open-thread.ts';
import { DataDirectoryError } from './data-directory.ts';
import type { StoreLogEntry } from './engine.ts';
import type { ThreadMessage, ThreadOptions } from './store-thread.ts';
import { storeUri } from './store-uri.ts';
import type { ListenAddress } from './wire/serve-socket.ts';

export { DataDirectoryError } from './data-directory.ts';

export interface EmbeddedStoreOptions extends ThreadOptions {
  /** The database named in the URI. */
  databaseName?: string;
  log?: (entry: StoreLogEntry) => void;
  /** The thread died and restarting did not help. Without it the error ends the process. */
  onGaveUp?: (error: Error) => void;
}

export interface EmbeddedStore {
  /** A `mongodb://` URI for any MongoDB driver in processes of this host. */
  uri: string;
  /** Finishes what was accepted and closes the data. */
  close(): Promise<void>;
  /** Lets the process end without closing the store first, which loses nothing. */
  unref(): void;
}

/** Restarts within this time count together; more than that is not an accident. */
const restartWindowMs = 60_000;
const mostRestarts = 3;
const restartDelayMs = 200;

/**
 * Starts the store in a worker thread of this process and resolves when it answers.
 * @throws DataDirectoryError when another process owns the folder, or a newer version wrote it
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const restarts: number[] = [];
  let closing = false;
  let current = await startThread(options);

  const watch = ({ worker }: StartedThread): void => {
    worker.once('exit', () => {
      if (!closing) void restart();
    });
  };
  const restart = async (): Promise<void> => {
    restarts.push(Date.now());
    const recent = restarts.filter((at) => Date.now() - at < restartWindowMs);
    try {
      if (recent.length > mostRestarts) throw new Error('The embedded store stopped again and again');
      options.log?.({
        level: 'error',
        message: 'the embedded store stopped and is started again',
        details: {},
      });
      current = await startThread(options);
      watch(current);
    } catch (error) {
      // The folder may be the dead thread's for a moment longer: a start that fails is tried again, and counted.
      if (recent.length <= mostRestarts) setTimeout(() => void restart(), restartDelayMs);
      else giveUp(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const giveUp = (error: Error): void => {
    if (options.onGaveUp) options.onGaveUp(error);
    else throw error;
  };

  watch(current);
  return {
    uri: storeUri(current.address, options.databaseName),
    close: async () => {
      closing = true;
      current.worker.postMessage('close');
      await current.ended;
    },
    unref: () => current.worker.unref(),
  };
}

interface StartedThread {
  worker: Worker;
  ended: Promise<void>;
  address: ListenAddress;
}

function startThread({ dataDirectory, mapBytes, log }: EmbeddedStoreOptions): Promise<StartedThread> {
  const workerData: ThreadOptions = { dataDirectory, ...(mapBytes !== undefined && { mapBytes }) };
  const worker = openThread(new URL('./store-thread', import.meta.url), workerData);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'log') log?.(message.entry);
      else if (message.kind === 'ready') resolve({ worker, ended, address: message.address });
      else reject(message.expected ? new DataDirectoryError(message.message) : new Error(message.message));
    });
    worker.on('error', (error) => {
      log?.({
        level: 'error',
        message: 'the thread of the embedded store failed',
        details: { error: String(error) },
      });
      reject(error);
    });
    worker.once('exit', (code) =>
      reject(new Error(`The embedded store ended with code ${code} before it was ready`)),
    );
  });
}
