import { loadConfig } from './config.ts';
import { startAdminServer } from './platform/http/health.ts';
import { createLogger } from './platform/logging/create-logger.ts';
import { stopOnSignals } from './platform/shutdown.ts';

/** The process that will take streams in. It accepts none in this version: it answers health checks and stops cleanly. */
export async function startMedia(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const admin = await startAdminServer(config.adminPort, { isReady: () => Promise.resolve(true) });
  logger.warn({ adminPort: admin.port }, 'media started; this version accepts no streams yet');
  stopOnSignals(logger, [
    { name: 'admin', run: () => new Promise((resolve) => admin.server.close(() => resolve())) },
  ]);
}
