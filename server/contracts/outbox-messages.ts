import { z } from 'zod';

const registration = z.object({ registrationId: z.string() });

const mailbox = z.object({ name: z.string(), address: z.string() });

/** One rendered mail, kept as it will be sent, so that every try sends the same bytes. */
const readyMailPayload = z.object({
  /** What comes before the `@` of the Message-ID. */
  messageId: z.string().regex(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/),
  /** The organiser's name; the address is the platform's. */
  fromName: z.string(),
  /** Where an answer goes: a person at the organiser. */
  replyTo: mailbox.nullable(),
  to: mailbox,
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  invite: z.object({ method: z.enum(['REQUEST', 'CANCEL', 'PUBLISH']), ics: z.string() }).nullable(),
  writtenAt: z.date(),
});

/**
 * Everything that leaves a transaction: one noun's change that another noun, a mail or a calendar invite must
 * answer. Payloads carry ids; what must be frozen (an address that was, a rendered mail) is in the payload.
 */
export const outboxMessages = {
  /** A place was claimed or claimed again; the mail carries the invite. By the uid an overtaken message is known. */
  'registration:confirmed': registration.extend({ inviteUid: z.string() }),
  /** Somebody registered with an address that already has a place: its owner gets that place again by mail. */
  'registration:repeated': registration,
  /** The links in earlier mails were ended; the mail carries new ones, in an invite that replaces the earlier. */
  'registration:links-replaced': registration.extend({ passVersion: z.int() }),
  'registration:cancelled': registration.extend({ inviteUid: z.string(), inviteSequence: z.int() }),
  /** The place went to a colleague, with a registration of its own; the rest tells whose invite to withdraw. */
  'registration:passed-on': registration.extend({
    previousEmail: z.string(),
    previousName: z.string(),
    previousUid: z.string(),
    previousSequence: z.int(),
  }),
  /** A new address must be confirmed by its owner; the token in the mail is derived from the request's id. */
  'registration:email-change-requested': registration.extend({ requestId: z.string() }),
  'registration:email-changed': registration.extend({
    previousEmail: z.string(),
    previousName: z.string(),
    previousUid: z.string(),
    previousSequence: z.int(),
  }),
  /** An emailed link and code; `sealed` holds both, encrypted, until the mail is rendered. */
  'sign-in:requested': z.object({ signInLinkId: z.string(), sealed: z.string() }),
  /** Answered a page of registrations at a time: `afterId` is the last one of the page before. */
  'event:cancelled': z.object({ eventId: z.string(), afterId: z.string().optional() }),
  /** Sessions, times or the event itself were edited: live rooms that are open show it. */
  'event:agenda-changed': z.object({ eventId: z.string() }),
  'registration:event-cancelled': registration.extend({ inviteUid: z.string(), inviteSequence: z.int() }),
  'mail:ready': readyMailPayload,
} as const satisfies Record<string, z.ZodType>;

export type OutboxKind = keyof typeof outboxMessages;
export type OutboxPayload<K extends OutboxKind> = z.infer<(typeof outboxMessages)[K]>;
export type OutboxMessage = {
  [K in OutboxKind]: { readonly kind: K; readonly payload: OutboxPayload<K> };
}[OutboxKind];
