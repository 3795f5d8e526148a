import type { Deps } from '../deps.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { appendFacts } from './append-facts.ts';
import { getLiveSnapshot } from './live.queries.ts';
import { moveDueSessions } from './move-due-sessions.ts';

/** An edit of the agenda reaches open live rooms as the whole room anew. */
export const liveJobs: Pick<OutboxHandlers, 'event:agenda-changed'> = {
  'event:agenda-changed': async ({ eventId }, { deps }) => {
    const fact = { name: 'agenda:changed', snapshot: await getLiveSnapshot(eventId) } as const;
    await appendFacts(eventId, ['viewers', 'moderators'], [fact], deps.clock.now());
  },
};

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
