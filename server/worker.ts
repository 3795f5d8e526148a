import type { Deps } from './deps.ts';
import { startLiveSchedules } from './live/live.jobs.ts';

/** Delivers the outbox and runs the schedules. `stop` hands back what is not finished. */
export function startWorker(deps: Deps): { stop(): Promise<void> } {
  const parts = [startLiveSchedules(deps)];
  deps.logger.info('worker started');
  return { stop: async () => void (await Promise.all(parts.map((part) => part.stop()))) };
}
