import cluster from 'node:cluster';
import { join } from 'node:path';
import { ConfigError, environmentWith, loadConfig, type Config } from './config.ts';
import { createDeps, type Deps } from './deps.ts';
import { migrations } from './migrations/list-migrations.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { joinClusterPeers } from './platform/cluster/cluster-peers.ts';
import { forkMedia } from './platform/cluster/fork-media.ts';
import { forkWeb } from './platform/cluster/fork-web.ts';
import { gatherMetrics, offerMetrics } from './platform/cluster/gather-metrics.ts';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
  isDatabaseReady,
} from './platform/database/connect-database.ts';
import { runMigrations } from './platform/database/run-migrations.ts';
import { openDatabase } from './platform/database/open-database.ts';
import { readAssets } from './platform/http/assets.ts';
import { findFreePort } from './platform/http/find-free-port.ts';
import { startAdminServer } from './platform/http/health.ts';
import { createLogger } from './platform/logging/create-logger.ts';
import { joinPeers } from './platform/realtime/join-peers.ts';
import { readOrMakeInstallationKey } from './platform/secrets/installation-key.ts';
import { endOnFailure, stopOnSignals } from './platform/shutdown.ts';
import { startWeb } from './web.ts';
import { startWorker } from './worker.ts';

const clientBuild = join(import.meta.dirname, import.meta.url.endsWith('.ts') ? '../dist/client' : 'client');

/**
 * `start.js` runs everything in one process; `start.js web` and `start.js worker` run one part on a shared MongoDB.
 * With WEB_PROCESSES this process forks those that serve, as `start.js web <where they reach each other>`.
 */
async function start(parts: readonly string[]): Promise<void> {
  const config = await withMediaPort(loadConfig());
  const isForked = cluster.isWorker;
  const forksWeb = config.webProcesses > 1 && !isForked;
  const runs = (part: string) => parts.length === 0 || parts.includes(part);
  if (parts.length > 0 && !config.mongodbUri)
    throw new ConfigError([
      'MONGODB_URI is missing; processes that run apart need one MongoDB replica set between them',
    ]);

  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  await connectDatabase(database.uri);
  await ensureIndexes();
  await runMigrations(migrations, () => new Date());
  const secretKey = config.secretKey ?? readOrMakeInstallationKey(config.dataDirectory);
  const deps = createDeps({ config, secretKey, logger, assets: readAssets(clientBuild) });

  const peers = reachPeers(deps, forksWeb || isForked);
  const signIn = config.seedDemo && !isForked && runs('web') ? await seedDemo(deps) : null;
  const worker = runs('worker') ? startWorker(deps) : null;
  const web = !runs('web')
    ? null
    : forksWeb
      ? await forkWeb({
          processes: config.webProcesses,
          environment: {
            MONGODB_URI: database.uri,
            SECRET_KEY: secretKey,
            MEDIA_PORT: String(config.media.port),
          },
          logger,
        })
      : await startWeb(deps, isForked ? (parts[1] ?? null) : null);
  // After web, which must not wait for it.
  const media =
    web && parts.length === 0 && config.media.isStartedHere
      ? forkMedia({
          script: join(import.meta.dirname, import.meta.url.endsWith('.ts') ? 'media.ts' : 'media.js'),
          environment: environmentWith({
            SECRET_KEY: secretKey,
            MEDIA_PORT: String(config.media.port),
            WEB_URL: config.media.webUrl.replace(/:0$/, `:${web.port}`),
          }),
          logger,
        })
      : null;
  let stopping = false;
  if (isForked) offerMetrics();
  const admin = isForked
    ? null
    : await startAdminServer(config.adminPort, {
        isReady: async () => !stopping && (await isDatabaseReady()),
        ...(forksWeb && { readMetrics: gatherMetrics }),
      });
  stopOnSignals(logger, [
    { name: 'readiness', run: () => Promise.resolve(void (stopping = true)) },
    // Side by side: each may need seconds to finish what it has begun.
    {
      name: 'web, worker and media',
      run: async () => void (await Promise.all([web?.stop(), worker?.stop(), media?.stop()])),
    },
    { name: 'peers', run: () => Promise.resolve(peers?.stop()) },
    { name: 'admin', run: () => Promise.resolve(void admin?.server.close()) },
    { name: 'database', run: disconnectDatabase },
    { name: 'store', run: () => database.close() },
  ]);
  if (web && admin) announce(config, deps, web.port, admin.port, signIn);
}

/** Web is told where media is before either listens. */
async function withMediaPort(config: Config): Promise<Config> {
  if (config.media.port !== 0 || !config.media.isStartedHere || cluster.isWorker) return config;
  const port = await findFreePort();
  return { ...config, media: { ...config.media, port, url: `http://127.0.0.1:${port}` } };
}

function reachPeers(deps: Deps, isOneOfSeveral: boolean): { stop(): void } | null {
  if (deps.config.redisUrl) return joinPeers(deps.config.redisUrl, deps);
  return isOneOfSeveral ? joinClusterPeers() : null;
}

function announce(config: Config, deps: Deps, port: number, adminPort: number, signIn: string | null): void {
  const lines = [`Plenary is ready at ${config.publicUrl}`, `  listening on ${config.host}:${port}`];
  if (!config.smtpUrl) lines.push(`  mail is captured: ${config.publicUrl}/dev/mailbox`);
  if (config.media.isStartedHere && config.media.rtmp.port !== 0)
    lines.push(
      `  encoders publish to rtmp://${new URL(config.publicUrl).hostname}:${config.media.rtmp.port}/live`,
    );
  if (signIn) lines.push(signIn);
  lines.push(`  health and metrics: http://127.0.0.1:${adminPort}/readyz and /metrics`);
  process.stdout.write(`${lines.join('\n')}\n`);
  deps.logger.info({ port, adminPort, trustedProxies: config.trustedProxies }, 'ready');
}

endOnFailure(start(process.argv.slice(2)));
