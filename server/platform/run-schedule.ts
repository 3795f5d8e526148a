import { setTimeout as delay } from 'node:timers/promises';
import { freeLease, tryLease } from './database/lease.ts';
import type { Logger } from './logging/create-logger.ts';
import type { Clock } from './time/clock.ts';

/** A lease is taken anew this often, so that two processes that both believe they hold it do not do so for long. */
const termMs = 60_000;

interface Schedule {
  readonly name: string;
  readonly everyMs: number;
  /** Must be harmless when it runs twice. */
  readonly run: () => Promise<unknown>;
  /** No other process uses this database, so a lease that stands is one that died. */
  readonly isAlone: boolean;
}

/**
 * Runs something again and again, in one process of the installation at a time. A run that fails is logged and
 * tried at the next turn; `stop` waits for the run in hand and gives the lease back.
 */
export function runSchedule(
  { name, everyMs, run, isAlone }: Schedule,
  { clock, logger }: { clock: Clock; logger: Logger },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const complain = (error: unknown) => logger.warn({ err: error, schedule: name }, 'a schedule failed');
  const pause = () => delay(everyMs, undefined, { signal }).catch(() => undefined);

  const term = async () => {
    const until = performance.now() + termMs;
    while (!signal.aborted && performance.now() < until) {
      await run().catch(complain);
      await pause();
    }
  };
  const loop = async () => {
    if (isAlone) await freeLease(name).catch(complain);
    while (!signal.aborted) {
      await tryLease(name, () => clock.now(), term).catch(complain);
      await pause();
    }
  };
  const ended = loop();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
