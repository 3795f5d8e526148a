import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from '../logging/create-logger.ts';

/** Doubled with every death, until one has lived for a minute. */
const pauseMs = { first: 500, most: 30_000 };
const livedLongMs = 60_000;

export interface ForkedMedia {
  /** Asks the process to stop, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Streaming in a process of its own, beside this one: what hostile encoders send, and what a thousand viewers fetch,
 * then holds no page up. One that dies is replaced; it ends by itself when this process does, however that is.
 */
export function forkMedia(options: {
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logger: Logger;
}): ForkedMedia {
  const { logger } = options;
  let stopping = false;
  let pause = pauseMs.first;
  let forked: ChildProcess | null = null;
  const start = () => {
    if (stopping) return;
    const startedAt = performance.now();
    const child = fork(options.script, { env: options.environment });
    forked = child;
    child.on('error', (error) => logger.warn({ err: error }, 'the media process could not be reached'));
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (performance.now() - startedAt > livedLongMs) pause = pauseMs.first;
      logger.error({ code, signal, pauseMs: pause }, 'the media process ended and is replaced');
      setTimeout(start, pause).unref();
      pause = Math.min(pause * 2, pauseMs.most);
    });
  };
  start();
  return {
    async stop() {
      stopping = true;
      if (!forked || forked.exitCode !== null || forked.signalCode !== null) return;
      const ended = once(forked, 'exit');
      forked.kill('SIGTERM');
      await ended;
    },
  };
}
