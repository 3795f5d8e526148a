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
import { extendLiveSession } from './extend-live-session.ts';
import { progressOf, refusedExtension, refusedMove, withoutHidden } from './live.rules.ts';
import type { JoinAnswer } from '../contracts/live-messages.ts';

/** What browsers may say about the room itself and the course of its day. */
export function liveRoomMessages(logs: LiveLogs, deps: Deps): ServedMessage[] {
  return [
    liveMessage({
      name: 'live:join',
      schema: liveMessages['live:join'].payload,
      permit: async (who, message): Promise<JoinPermit> => ({
        room: await enterAudience(who, message, deps),
      }),
      // Ten thousand come at ten o'clock: the page that issued the ticket has asked the store for each of them.
      permitByTicket: (ticket, { eventId, audience }) =>
        ticket.eventId === eventId && audience === 'viewers' ? Promise.resolve({ room: null }) : null,
      async handle({ eventId, audience, lastSeq }, { room }: JoinPermit, seat): Promise<JoinAnswer> {
        // Enters before it reads: a fact between the two comes twice and is known by its number, never not at all.
        await seat.enter(logKey(eventId, audience), async (who) => {
          const { event, right } = await enterAudience(who, { eventId, audience }, deps);
          if (right.place) await noteEntry(event, right.place, deps);
        });
        if (room?.right.place) await noteEntry(room.event, room.right.place, deps);
        const log = await logs.open(eventId, audience);
        // By ticket what this process has followed is enough: what is newer is pushed within a quarter of a second.
        if (room || (lastSeq ?? 0) > log.seq) await log.catchUp();
        return answerJoin(log, lastSeq, deps.clock.now());
      },
    }),
    inRoom('session:move', deps, async (message, { actor }) => {
      const result = await directSession(actor, message, deps);
      const session = progressOf(result.session);
      if (result.ok) return { moved: true, session };
      return { moved: false, reason: result.reason, message: refusedMove(result), session };
    }),
    inRoom('session:extend', deps, async (message, { actor }) => {
      const result = await extendLiveSession(actor, message, deps);
      const session = progressOf(result.session);
      if (result.ok) return { moved: true, session };
      const reason = result.reason === 'already-moved' ? result.reason : 'not-possible';
      return { moved: false, reason, message: refusedExtension(result), session };
    }),
  ];
}

interface JoinPermit {
  /** null: let in by ticket. */
  readonly room: InRoom | null;
}

async function answerJoin(log: FollowedLog, lastSeq: number | null, at: Date): Promise<JoinAnswer> {
  const { seq } = log;
  const now = at.getTime();
  if (lastSeq !== null && resumeFrom(lastSeq, seq) !== 'snapshot') {
    const facts = withoutHidden((await log.factsAfter(lastSeq)).filter((fact) => fact.seq <= seq));
    return { kind: 'facts', seq, now, facts };
  }
  const built = await log.snapshot();
  const { seq: upTo } = log;
  return {
    kind: 'snapshot',
    seq: upTo,
    now,
    snapshotSeq: built.seq,
    snapshot: built.snapshot,
    facts: withoutHidden((await log.factsAfter(built.seq)).filter((fact) => fact.seq <= upTo)),
  };
}
