import { liveMessages, type MoveAnswer } from '../contracts/live-events.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { liveMessage, type ServedMessage } from '../platform/realtime/live-message.ts';
import { noteEntry } from '../registrations/note-entry.ts';
import { getSessionOfEvent } from '../sessions/session.queries.ts';
import { directSession } from './direct-session.ts';
import { enterLiveRoom } from './enter-live-room.ts';
import type { LiveLogs } from './follow-live-logs.ts';
import { joinAnswer, logKey, progressOf, refusedMove, resumeFrom } from './live.rules.ts';

/** What browsers may say to a live room. */
export function liveRoomMessages(logs: LiveLogs, deps: Deps): ServedMessage[] {
  return [
    liveMessage({
      name: 'live:join',
      schema: liveMessages['live:join'],
      permit: enterLiveRoom,
      async handle({ eventId, audience, lastSeq }, { event, role }, seat) {
        // Enters before it reads: a fact between the two comes twice and is known by its number, never not at all.
        await seat.enter(logKey(eventId, audience), (who) => enterLiveRoom(who, { eventId, audience }));
        if (role.kind === 'viewer') await noteEntry(event, role.place, deps);
        const log = await logs.open(eventId, audience);
        await log.catchUp();
        const { seq } = log;
        const now = deps.clock.now();
        if (lastSeq !== null && resumeFrom(lastSeq, seq) !== 'snapshot') {
          const facts = (await log.factsAfter(lastSeq)).filter((fact) => fact.seq <= seq);
          return joinAnswer({ facts }, seq, now);
        }
        const built = await log.snapshot();
        return joinAnswer({ snapshot: built.snapshot }, built.seq, now);
      },
    }),
    liveMessage({
      name: 'session:move',
      schema: liveMessages['session:move'],
      async permit({ actor }, { eventId, sessionId }) {
        if (actor.kind !== 'member') throw new AppError('not-found', 'We could not find that session.');
        const session = await getSessionOfEvent(eventId, sessionId);
        requirePermission(actor, 'session:direct', session.organiserId);
        return { actor };
      },
      async handle(message, { actor }): Promise<MoveAnswer> {
        const result = await directSession(actor, message, deps);
        const session = progressOf(result.session);
        if (result.ok) return { moved: true, session };
        return { moved: false, reason: result.reason, message: refusedMove(result), session };
      },
    }),
  ];
}
