import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { listRehearsalsFromBefore } from '../events/event.queries.ts';
import { endRehearsal } from './end-rehearsal.ts';

const schedule: Actor = { kind: 'system', name: 'old-rehearsals' };
const keptMs = 24 * 3_600_000;

/** Rehearsals that nobody ended within a day; returns how many. */
export async function endOldRehearsals(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - keptMs);
  const events = await listRehearsalsFromBefore(before);
  for (const eventId of events) await endRehearsal(schedule, { eventId }, deps);
  return events.length;
}
