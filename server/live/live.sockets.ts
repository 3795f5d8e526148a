import type { Deps } from '../deps.ts';
import { liveMessages } from '../contracts/live-messages.ts';
import type { FollowedLog } from '../live-log/follow-live-log.ts';
import type { LiveLogs } from '../live-log/follow-live-logs.ts';
import { logKey, resumeFrom } from '../live-log/live-log.rules.ts';
import { enterAudience, type InRoom } from '../participants/enter-live-room.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import { liveMessage, type ServedMessage } from '../platform/realtime/live-message.ts';
import { noteEntry } from '../registrations/note-entry.ts';
import { directSession } from './direct-session.ts';
import { progressOf, refusedMove } from './live.rules.ts';
import type { JoinAnswer } from '../contracts/live-messages.ts';

/** What browsers may say about the room itself and the course of its day. */
export function liveRoomMessages(logs: LiveLogs, deps: Deps): ServedMessage[] {
  return [
    liveMessage({
      name: 'live:join',
      schema: liveMessages['live:join'].payload,
      permit: (who, message) => enterAudience(who, message, deps),
      async handle({ eventId, audience, lastSeq }, { event, right }: InRoom, seat): Promise<JoinAnswer> {
        // Enters before it reads: a fact between the two comes twice and is known by its number, never not at all.
        await seat.enter(logKey(eventId, audience), (who) => enterAudience(who, { eventId, audience }, deps));
        if (right.place) await noteEntry(event, right.place, deps);
        const log = await logs.open(eventId, audience);
        await log.catchUp();
        return answerJoin(log, lastSeq, deps.clock.now());
      },
    }),
    inRoom('session:move', deps, async (message, { actor }) => {
      const result = await directSession(actor, message, deps);
      const session = progressOf(result.session);
      if (result.ok) return { moved: true, session };
      return { moved: false, reason: result.reason, message: refusedMove(result), session };
    }),
  ];
}

async function answerJoin(log: FollowedLog, lastSeq: number | null, at: Date): Promise<JoinAnswer> {
  const { seq } = log;
  const now = at.getTime();
  if (lastSeq !== null && resumeFrom(lastSeq, seq) !== 'snapshot') {
    const facts = (await log.factsAfter(lastSeq)).filter((fact) => fact.seq <= seq);
    return { kind: 'facts', seq, now, facts };
  }
  const built = await log.snapshot();
  return {
    kind: 'snapshot',
    seq: built.seq,
    now,
    snapshotSeq: built.seq,
    snapshot: built.snapshot,
    facts: [],
  };
}
