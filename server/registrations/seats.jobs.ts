import type { Deps } from '../deps.ts';
import { listPublicEvents } from '../events/event.queries.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { reconcileSeats } from './reconcile-seats.ts';

/** Counts the places of events that are to come again each hour; what had to be mended is a fault to look into. */
export const startSeatsSchedule = (deps: Deps): { stop(): Promise<void> } =>
  runSchedule(
    {
      name: 'reconcile-seats',
      everyMs: 3_600_000,
      isAlone: deps.config.mongodbUri === null,
      async run() {
        for (const { _id: eventId } of await listPublicEvents({ endsAfter: deps.clock.now() })) {
          const { wasRight } = await reconcileSeats(eventId, deps);
          if (!wasRight) deps.logger.error({ eventId }, 'the seats of an event did not add up');
        }
      },
    },
    deps,
  );
