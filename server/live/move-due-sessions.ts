import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { listDueSessions } from '../sessions/session.queries.ts';
import { dueMove } from '../sessions/session.rules.ts';
import { directSession } from './direct-session.ts';

const schedule: Actor = { kind: 'system', name: 'automatic-sessions' };

/**
 * Moves every automatic session whose planned start or end has come; returns how many it moved. Each move holds
 * for one revision only, so running twice at once, or again after a crash, changes nothing twice.
 */
export async function moveDueSessions(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const sessions = await listDueSessions(now, 200);
  // Ends first: the next session needs the stage that this one leaves.
  sessions.sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live'));
  let moved = 0;
  for (const { _id, eventId, revision, ...session } of sessions) {
    const move = dueMove(session, now);
    if (!move) continue;
    const event = await getEvent(eventId);
    if (event.status !== 'published' && !event.rehearsalOf) continue;
    const result = await directSession(schedule, { eventId, sessionId: _id, move, revision }, deps);
    if (result.ok) moved += 1;
    else deps.logger.debug({ sessionId: _id, move, reason: result.reason }, 'an automatic session waits');
  }
  return moved;
}
