import type { LiveTicket } from '../contracts/live-ticket.ts';
import { personOf, signInsOf, type Who } from '../platform/realtime/who.ts';
import type { InRoom } from './enter-live-room.ts';

export type TicketClaims = Omit<LiveTicket, 'issuedAt' | 'expiresAt'>;

/** What a join ticket says of somebody whom the store has just let in. */
export const ticketClaims = (
  who: Who,
  room: {
    readonly event: Pick<InRoom['event'], '_id'>;
    readonly me: Pick<InRoom['me'], '_id' | 'role'>;
    readonly right: Pick<InRoom['right'], 'registrationId'>;
  },
): TicketClaims => ({
  eventId: room.event._id,
  participantId: room.me._id,
  role: room.me.role,
  person: personOf(who) ?? '',
  registrationId: room.right.registrationId,
  signInIds: signInsOf(who),
});
