import { liveMessages } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { enterLiveRoom } from '../participants/enter-live-room.ts';
import { ticketClaims, type TicketClaims } from '../participants/ticket.rules.ts';
import { changesSoFar } from '../platform/database/count-changes.ts';
import { issueTicket } from '../platform/realtime/join-ticket.ts';
import { liveMessage, type ServedMessage } from '../platform/realtime/live-message.ts';
import { listSessionsOfEvent, type Session } from '../sessions/session.queries.ts';
import { sessionsWatched } from './attendance.rules.ts';
import type { tallyBeats } from './tally-beats.ts';

const { payload, permission, rate } = liveMessages['live:beat'];

/** The heartbeat of an open page. Who left it in the background is there all the same: they may be listening. */
export function attendanceMessages(
  beats: Pick<ReturnType<typeof tallyBeats>, 'add'>,
  deps: Deps,
): ServedMessage[] {
  const sessionsOf = rememberSessions();
  return [
    liveMessage({
      name: 'live:beat',
      schema: payload,
      rate,
      async permit(who, { eventId }): Promise<{ claims: TicketClaims }> {
        return { claims: ticketClaims(who, await enterLiveRoom(who, { eventId, permission }, deps)) };
      },
      // Ten thousand pages beat every half minute; the seat itself is re-checked once a minute.
      permitByTicket: ({ issuedAt, expiresAt, ...claims }, { eventId }) => {
        void [issuedAt, expiresAt];
        return claims.eventId === eventId ? Promise.resolve({ claims }) : null;
      },
      async handle({ eventId, stageId }, { claims }, seat) {
        const { participantId, registrationId } = claims;
        const watched = registrationId === null ? [] : sessionsWatched(await sessionsOf(eventId), stageId);
        const sessionIds = watched.map(({ _id }) => _id);
        beats.add({ connectionId: seat.socketId, participantId, registrationId, eventId, sessionIds });
        // Or somebody who was sent out would come again and again, each time with the ticket of the time before.
        const mayRenew = seat.ticket === null || seat.isConfirmed;
        return { ticket: mayRenew ? issueTicket(claims, deps) : null };
      },
    }),
  ];
}

/** What another process changed is seen within a second; what this one did at once. */
const keptMs = 1_000;

function rememberSessions(): (eventId: string) => Promise<Session[]> {
  const kept = new Map<string, { at: number; changes: number; sessions: Promise<Session[]> }>();
  return (eventId) => {
    const at = performance.now();
    const changes = changesSoFar();
    const known = kept.get(eventId);
    if (known?.changes === changes && at - known.at < keptMs) return known.sessions;
    const sessions = listSessionsOfEvent(eventId);
    kept.set(eventId, { at, changes, sessions });
    sessions.catch(() => kept.delete(eventId));
    return sessions;
  };
}
