import { z } from 'zod';
import { newId } from '../platform/new-id.ts';
import type { SecretBox } from '../platform/secrets/secret-box.ts';

/** Long enough for a slow network to go on air with; whoever stays on air needs it no more. */
export const studioTicketLifeMs = 2 * 60_000;
const purpose = 'studio-ticket';
/** Far above any real one: what is longer is not even hashed. */
const longestTicket = 2_000;

const studioTicket = z.strictObject({
  /** It opens each way in once. */
  id: z.string(),
  streamId: z.string(),
  /** Who goes on air: `member:<id>` or `speaker:<id>`. */
  person: z.string(),
  expiresAt: z.int(),
});
export type StudioTicket = z.infer<typeof studioTicket>;

/** The speaker's id of a ticket's person; null: an organiser. */
export const speakerOf = (person: string): string | null =>
  person.startsWith('speaker:') ? person.slice('speaker:'.length) : null;

/** Whoever holds it may publish from a browser to this one stream until it expires, once by each way in. */
export function issueStudioTicket(
  claims: Omit<StudioTicket, 'id' | 'expiresAt'>,
  now: Date,
  secrets: SecretBox,
): string {
  const ticket: StudioTicket = { ...claims, id: newId(), expiresAt: now.getTime() + studioTicketLifeMs };
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${body}.${secrets.sign(purpose, body)}`;
}

/** What a ticket of ours says, and whether its time is over; null for whatever is none. */
export function readStudioTicket(
  credential: string,
  now: Date,
  secrets: SecretBox,
): { readonly ticket: StudioTicket; readonly isExpired: boolean } | null {
  if (credential.length > longestTicket) return null;
  const [body, signature, ...rest] = credential.split('.');
  if (!body || !signature || rest.length > 0 || !secrets.isSignedBy(purpose, body, signature)) return null;
  // Signed by us, and yet checked: another version of this program may have signed it.
  const ticket = studioTicket.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return ticket.success ? { ticket: ticket.data, isExpired: ticket.data.expiresAt <= now.getTime() } : null;
}
