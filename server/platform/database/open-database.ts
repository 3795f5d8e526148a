import type { Config } from '../../config.ts';
import { startEmbeddedStore } from '../embedded-store/start-embedded-store.ts';
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
