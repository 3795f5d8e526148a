import type { Deps } from '../deps.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { moveDueSessions } from './move-due-sessions.ts';

/** Automatic sessions go live and end within a second of their planned time. */
export const startLiveSchedules = (deps: Deps): { stop(): Promise<void> } =>
  runSchedule(
    {
      name: 'automatic-sessions',
      everyMs: 1_000,
      isAlone: deps.config.mongodbUri === null,
      run: () => moveDueSessions(deps),
    },
    deps,
  );
