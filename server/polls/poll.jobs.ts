import type { Deps } from '../deps.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { closeDuePolls } from './close-due-polls.ts';

/** Polls close within a second of their time; votes after it are refused even before that. */
export const startPollSchedule = (deps: Deps): { stop(): Promise<void> } =>
  runSchedule(
    {
      name: 'due-polls',
      everyMs: 1_000,
      isAlone: deps.config.mongodbUri === null,
      run: () => closeDuePolls(deps),
    },
    deps,
  );
