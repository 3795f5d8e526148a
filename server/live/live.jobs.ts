import { liveAudience } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { endOldRehearsals } from './end-old-rehearsals.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { getLiveAgenda } from './live.queries.ts';
import { stopFormerSpeakers } from '../streams/stop-former-speakers.ts';
import { stopStreams } from '../streams/stop-streams.ts';
import { moveDueSessions } from './move-due-sessions.ts';

/** An edit of the agenda reaches open live rooms as the whole room anew. */
export const liveJobs: Pick<OutboxHandlers, 'event:agenda-changed'> = {
  'event:agenda-changed': async ({ eventId }, { deps }) => {
    const agenda = await getLiveAgenda(eventId);
    const fact = { name: 'agenda:changed', agenda } as const;
    if (agenda.event.status === 'cancelled') await stopStreams(eventId, deps.clock.now());
    await stopFormerSpeakers(eventId, deps.clock.now());
    await appendFacts(eventId, liveAudience.options, [fact], deps.clock.now());
  },
};

/** Automatic sessions go live and end within a second of their planned time; old rehearsals are taken away. */
export function startLiveSchedules(deps: Deps): { stop(): Promise<void> } {
  const isAlone = deps.config.mongodbUri === null;
  const schedules = [
    runSchedule(
      { name: 'automatic-sessions', everyMs: 1_000, isAlone, run: () => moveDueSessions(deps) },
      deps,
    ),
    runSchedule(
      { name: 'old-rehearsals', everyMs: 600_000, isAlone, run: () => endOldRehearsals(deps) },
      deps,
    ),
  ];
  return {
    async stop() {
      await Promise.all(schedules.map((schedule) => schedule.stop()));
    },
  };
}
