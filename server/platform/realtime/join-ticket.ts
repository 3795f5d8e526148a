import { liveTicket, type LiveTicket } from '../../contracts/live-ticket.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Clock } from '../time/clock.ts';

/** A page that stays open gets a new one with each beat; one that sleeps longer comes back by its cookie. */
export const ticketLifeMs = 10 * 60_000;
const purpose = 'live ticket';
/** Far above any real one: what is longer is not even hashed. */
const longestTicket = 4_096;

interface TicketDeps {
  readonly secrets: SecretBox;
  readonly clock: Clock;
}

/** Says who asks, after the store was asked. Whoever holds it is let into this one event until it expires. */
export function issueTicket(
  claims: Omit<LiveTicket, 'issuedAt' | 'expiresAt'>,
  { secrets, clock }: TicketDeps,
): string {
  const issuedAt = clock.now().getTime();
  const ticket: LiveTicket = { ...claims, issuedAt, expiresAt: issuedAt + ticketLifeMs };
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${body}.${secrets.sign(purpose, body)}`;
}

/** What a ticket says, without a question to the store; null for whatever is no ticket of ours that is still good. */
export function readTicket(value: unknown, { secrets, clock }: TicketDeps): LiveTicket | null {
  if (typeof value !== 'string' || value.length > longestTicket) return null;
  const [body, signature, ...rest] = value.split('.');
  if (!body || !signature || rest.length > 0 || !secrets.isSignedBy(purpose, body, signature)) return null;
  // Signed by us, and yet checked: another version of this program may have signed it.
  const ticket = liveTicket.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return ticket.success && ticket.data.expiresAt > clock.now().getTime() ? ticket.data : null;
}
