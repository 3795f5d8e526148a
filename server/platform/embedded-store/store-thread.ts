import { parentPort, workerData } from 'node:worker_threads';
import { DataDirectoryError } from './data-directory.ts';
import type { StoreLogEntry } from './engine.ts';
import { runStore } from './run-store.ts';
import type { ListenAddress } from './wire/serve-socket.ts';

/** What the thread is given. */
export interface ThreadOptions {
  dataDirectory: string;
  mapBytes?: number;
}

/** What the thread says. */
export type ThreadMessage =
  | { kind: 'ready'; address: ListenAddress }
  | { kind: 'refused'; message: string; expected: boolean }
  | { kind: 'log'; entry: StoreLogEntry };

const { dataDirectory, mapBytes } = workerData as ThreadOptions;
const say = (message: ThreadMessage): void => parentPort?.postMessage(message);

runStore(dataDirectory, (entry) => say({ kind: 'log', entry }), mapBytes).then(
  (store) => {
    parentPort?.once('message', () => {
      void store.close().then(() => parentPort?.close());
    });
    say({ kind: 'ready', address: store.address });
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'refused', message, expected: error instanceof DataDirectoryError });
    parentPort?.close();
  },
);
