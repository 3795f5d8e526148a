import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../server/config.ts';
import { createDeps, type Deps } from '../../server/deps.ts';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { readAssets } from '../../server/platform/http/assets.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { startWeb } from '../../server/web.ts';
import { startWorker } from '../../server/worker.ts';
import { openTestDatabase } from './test-database.ts';
import { TestClock } from './test-clock.ts';

export interface Product {
  readonly url: string;
  readonly deps: Deps;
  readonly clock: TestClock;
  /** Every line the product logged, as it was written. */
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

/**
 * The whole product in this process, on a fresh database, a free port and a clock the test moves. One at a time:
 * Mongoose has one connection a process. `worker: false` leaves the outbox untouched; `looks: true` serves the built
 * styles and script, for a test that opens the pages in a browser; `environment` adds settings.
 */
export async function openProduct(
  options: { now?: string; worker?: boolean; looks?: boolean; environment?: Record<string, string> } = {},
): Promise<Product> {
  const database = await openTestDatabase();
  const port = await freePort();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-test-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    ADMIN_PORT: '0',
    DATA_DIR: dataDirectory,
    SEED_DEMO: 'false',
    ...options.environment,
  });
  const clock = new TestClock(options.now ?? '2026-11-24T09:00:00Z');
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void logLines.push(line) });
  await connectDatabase(database.uri);
  await ensureIndexes();
  const bare = { styles: [], script: null, directory: dataDirectory };
  const assets = options.looks ? readAssets('dist/client') : bare;
  const deps = createDeps({ config, secretKey: 'ab'.repeat(32), logger, assets, clock });
  const web = await startWeb(deps);
  const worker = options.worker === false ? null : startWorker(deps);
  return {
    url: config.publicUrl,
    deps,
    clock,
    logLines,
    async close() {
      await web.stop();
      await worker?.stop();
      await disconnectDatabase();
      await database.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}
