import { runCommand } from './commands/run-command.ts';
import { openDataDirectory } from './data-directory.ts';
import { Engine, type StoreLog } from './engine.ts';
import { LmdbStore } from './storage/lmdb-store.ts';
import { serveSocket, type ListenAddress } from './wire/serve-socket.ts';

export interface RunningStore {
  address: ListenAddress;
  engine: Engine;
  close(): Promise<void>;
}

/** Opens the data folder and serves it, in whatever thread this is called. */
export async function runStore(
  dataDirectory: string,
  log: StoreLog,
  mapBytes?: number,
): Promise<RunningStore> {
  const directory = await openDataDirectory(dataDirectory);
  try {
    const engine = new Engine(LmdbStore.open(directory.databasePath, mapBytes), log);
    const server = await serveSocket(directory.listenOn, {
      handle: (command, connection) => runCommand(engine, command, connection),
      onClose: (connection) => engine.connectionClosed(connection),
      onMalformed: (reason) =>
        log({ level: 'warn', message: 'a malformed message was refused', details: { reason } }),
    });
    engine.address =
      'path' in server.address ? server.address.path : `${server.address.host}:${server.address.port}`;
    return {
      address: server.address,
      engine,
      close: async () => {
        await server.close();
        await engine.close();
        await directory.release();
      },
    };
  } catch (error) {
    await directory.release();
    throw error;
  }
}
