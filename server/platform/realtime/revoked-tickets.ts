import type { LiveTicket } from '../../contracts/live-ticket.ts';
import type { Clock } from '../time/clock.ts';
import { onChangedRights } from './changed-rights.ts';
import { ticketLifeMs } from './join-ticket.ts';
import { onRevokedSignIn } from './revoked-sign-ins.ts';

/**
 * Remembers, as long as a ticket lives, what ended in this process since: a ticket from before then opens nothing,
 * and its holder is asked for the cookie. What ended in another process is found by the first re-check.
 */
export function rememberRevokedTickets(clock: Clock): {
  isRevoked(ticket: LiveTicket): boolean;
  stop(): void;
} {
  /** In order of time, so that the oldest are forgotten first. */
  const endedAt = new Map<string, number>();
  const note = (key: string) => {
    const now = clock.now().getTime();
    for (const [old, at] of endedAt) {
      if (at >= now - ticketLifeMs) break;
      endedAt.delete(old);
    }
    endedAt.delete(key);
    endedAt.set(key, now);
  };
  const stops = [
    onRevokedSignIn((signInId) => note(`sign-in:${signInId}`)),
    onChangedRights(({ registrationId, email }) => {
      note(`place:${registrationId}`);
      note(`attendee:${email}`);
    }),
  ];
  return {
    isRevoked({ person, registrationId, signInIds, issuedAt }) {
      const keys = [person, `place:${registrationId}`, ...signInIds.map((id) => `sign-in:${id}`)];
      return keys.some((key) => (endedAt.get(key) ?? -Infinity) >= issuedAt);
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
