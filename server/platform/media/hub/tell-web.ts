import { setTimeout as delay } from 'node:timers/promises';
import type { MediaMessage } from '../../../contracts/media-control.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { WebClient } from '../control/web-client.ts';

/** More than a day of encoders that come and go while no web process is there; then the oldest are given up. */
const mostWaiting = 5_000;

export interface RunTeller {
  tell(message: MediaMessage<'run'>): void;
  /** What web does not have yet is lost with this process: the next one tells how things stand. */
  stop(): void;
}

/** Tells web what becomes of runs: in order, each until web has it. */
export function tellWeb(
  web: WebClient,
  logger: Logger,
  pauseMs: (failures: number) => number = (failures) => Math.min(10_000, 250 * 2 ** failures),
): RunTeller {
  const waiting: MediaMessage<'run'>[] = [];
  const stopping = new AbortController();
  let isTelling = false;
  const work = async () => {
    isTelling = true;
    let failures = 0;
    for (let next = waiting[0]; next && !stopping.signal.aborted; next = waiting[0]) {
      const told = await web.ask('run', next);
      if (told.ok) {
        failures = 0;
        if (waiting[0] === next) waiting.shift();
        continue;
      }
      const { streamId, runId, state } = next;
      logger.warn({ streamId, runId, state, why: told.message }, 'web does not hear of a run; tried again');
      await delay(pauseMs(failures++), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    isTelling = false;
  };
  return {
    tell(message) {
      if (waiting.length >= mostWaiting) waiting.shift();
      waiting.push(message);
      if (!isTelling) void work();
    },
    stop: () => stopping.abort(),
  };
}
