import { liveAudience } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { getLiveAgenda } from './live.queries.ts';
import { moveDueSessions } from './move-due-sessions.ts';

/** An edit of the agenda reaches open live rooms as the whole room anew. */
export const liveJobs: Pick<OutboxHandlers, 'event:agenda-changed'> = {
  'event:agenda-changed': async ({ eventId }, { deps }) => {
    const fact = { name: 'agenda:changed', agenda: await getLiveAgenda(eventId) } as const;
    await appendFacts(eventId, liveAudience.options, [fact], deps.clock.now());
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
