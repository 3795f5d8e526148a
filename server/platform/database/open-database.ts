import type { Config } from '../../config.ts';
import { findRunningStore } from '../embedded-store/find-running-store.ts';
import { DataDirectoryError, startEmbeddedStore } from '../embedded-store/start-embedded-store.ts';
import type { Logger } from '../logging/create-logger.ts';

/** The database to use: the one MONGODB_URI names, or the embedded store started on the data folder. */
export async function openDatabase(
  config: Config,
  logger: Logger,
): Promise<{ uri: string; close(): Promise<void> }> {
  if (config.mongodbUri) return { uri: config.mongodbUri, close: () => Promise.resolve() };
  return startEmbeddedStore({
    dataDirectory: config.dataDirectory,
    log: ({ level, message, details }) => logger[level](details, message),
  });
}

/** For commands beside the running product, which owns the embedded store: then the store is reached by its socket. */
export async function openOrJoinDatabase(
  config: Pick<Config, 'mongodbUri' | 'dataDirectory'>,
): Promise<{ uri: string; close(): Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (config.mongodbUri) return { uri: config.mongodbUri, close: nothing };
  try {
    return await startEmbeddedStore({ dataDirectory: config.dataDirectory });
  } catch (error) {
    const uri = error instanceof DataDirectoryError ? findRunningStore(config.dataDirectory) : undefined;
    if (!uri) throw error;
    return { uri, close: nothing };
  }
}
