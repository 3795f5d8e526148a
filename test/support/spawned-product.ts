import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { freePort } from './product.ts';
import { withDatabase } from './test-database.ts';

export interface SpawnedProduct {
  readonly url: string;
  readonly adminUrl: string;
  readonly process: ChildProcess;
  readonly output: () => string;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Where a product with this data folder keeps what it stores: the embedded store in it, or a database of its own on
 * the server that MONGODB_URI names, the same one after a restart.
 */
export function storageOf(dataDirectory: string): Record<string, string> {
  const server = process.env.MONGODB_URI;
  const name = `test-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)}`;
  return { DATA_DIR: dataDirectory, ...(server ? { MONGODB_URI: withDatabase(server, name) } : {}) };
}

/** The built product as a process of its own, as an operator runs it: for crashes, restarts and real signals. */
export async function spawnProduct(options: {
  dataDirectory: string;
  port?: number;
  adminPort?: number;
  environment?: Record<string, string>;
  /** `web` or `worker` alone, on the MONGODB_URI of `environment`. */
  parts?: readonly string[];
}): Promise<SpawnedProduct> {
  const port = options.port ?? (await freePort());
  const adminPort = options.adminPort ?? (await freePort());
  const child = spawn(process.execPath, ['dist/start.js', ...(options.parts ?? [])], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'development',
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      ...storageOf(options.dataDirectory),
      LOG_LEVEL: 'warn',
      SEED_DEMO: 'false',
      // No media process beside, unless a test is about it: it takes a second of a core to start.
      MEDIA_URL: 'http://127.0.0.1:1',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails before it stops the product must not leave it running.
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  child.once('exit', () => process.off('exit', killOnExit));
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Plenary is ready')) resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`The product ended with ${code} before it was ready:\n${output}`)),
    );
  });
  const ended = once(child, 'exit');
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    url: `http://localhost:${port}`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    process: child,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
