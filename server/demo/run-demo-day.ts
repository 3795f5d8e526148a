import type { Actor } from '../contracts/actor.ts';
import type { SessionMove } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { directSession } from '../live/direct-session.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { setUpDemoStreams } from './set-up-demo-streams.ts';

const actor: Actor = { kind: 'system', name: 'demo' };

/** Moves the sessions of an event as an organiser would have by now: each at its own time, in order. */
export async function runDemoDay(eventId: string, now: Deps): Promise<void> {
  const at = now.clock.now();
  await setUpDemoStreams(eventId, now);
  for (const session of await listSessionsOfEvent(eventId)) {
    if (session.kind === 'break' || session.startsAt > at) continue;
    const move = (direction: SessionMove, revision: number, when: Date) =>
      directSession(
        actor,
        { eventId, sessionId: session._id, move: direction, revision },
        { ...now, clock: { now: () => when } },
      );
    const live = await move('go-live', session.revision, session.startsAt);
    if (live.ok && session.endsAt <= at) await move('end', live.session.revision, session.endsAt);
  }
}
