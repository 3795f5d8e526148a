import { z } from 'zod';
import { participantRole } from './live-chat.ts';

/**
 * What a signed join ticket says. A page hands it out after asking the store who is looking, so that ten thousand
 * people who come at ten o'clock are let in without ten thousand questions to it. Times are in ms.
 */
export const liveTicket = z.strictObject({
  eventId: z.string(),
  participantId: z.string(),
  role: participantRole,
  /** Who it is, to count sockets of and to find when a right ends: `personOf` of platform/realtime. */
  person: z.string(),
  registrationId: z.string().nullable(),
  signInIds: z.array(z.string()),
  issuedAt: z.int(),
  expiresAt: z.int(),
});
export type LiveTicket = z.infer<typeof liveTicket>;
