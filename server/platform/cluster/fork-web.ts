import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../logging/create-logger.ts';

/** One that dies again and again, for a reason that stays, must not take all of the machine with it. */
const pauseMs = 500;

export interface ForkedWeb {
  readonly port: number;
  /** Asks every process to stop, and waits until all are gone. */
  stop(): Promise<void>;
}

/**
 * Web processes that share the port of this machine. One that dies is replaced; all end with this process, however it
 * ends, as Node ends a fork whose parent is gone. Throws when one of them cannot start at all.
 */
export async function forkWeb(options: {
  readonly processes: number;
  /** What the forks read in place of this process's own settings. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logger: Logger;
}): Promise<ForkedWeb> {
  const { logger } = options;
  // Where the forks reach each other; nobody but this user may look in.
  const directory = mkdtempSync(join(tmpdir(), 'plenary-web-'));
  cluster.setupPrimary({ args: ['web', directory] });
  const forks = new Set<Worker>();
  let stopping = false;

  const fork = (): Worker => {
    const forked = cluster.fork(options.environment);
    forks.add(forked);
    forked.on('error', (error) => logger.warn({ err: error }, 'a web process could not be reached'));
    forked.once('exit', (code, signal) => {
      forks.delete(forked);
      if (stopping) return;
      logger.error({ code, signal }, 'a web process ended and is replaced');
      setTimeout(() => stopping || fork(), pauseMs).unref();
    });
    return forked;
  };
  const ports = await Promise.all(Array.from({ length: options.processes }, () => listening(fork())));
  return {
    port: ports[0] ?? 0,
    async stop() {
      stopping = true;
      const ended = [...forks].map((forked) => once(forked, 'exit'));
      for (const forked of forks) forked.process.kill('SIGTERM');
      await Promise.all(ended);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function listening(forked: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    forked.on('listening', ({ port }) => resolve(port));
    forked.once('exit', (code) => reject(new Error(`A web process ended with ${code} before it was ready`)));
  });
}
