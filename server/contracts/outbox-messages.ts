import { z } from 'zod';
import { reminderNames } from './reminder.ts';
import { pictureSource } from './stage-picture.ts';

const registration = z.object({ registrationId: z.string() });
const reminderName = z.enum(reminderNames);

const mailbox = z.object({ name: z.string(), address: z.string() });

/**
 * What must still hold when a mail is about to leave. A mail that was overtaken (the place was given up, the
 * campaign was stopped) is set aside with its reason instead.
 */
const mailCondition = z.discriminatedUnion('kind', [
  /** The place is confirmed, its invite still has this uid, and where `startsAt` is given, the event starts then. */
  z.object({
    kind: z.literal('registration'),
    registrationId: z.string(),
    inviteUid: z.string(),
    startsAt: z.date().optional(),
  }),
  /** The campaign was not stopped, and this person still belongs to whom it is for. */
  z.object({
    kind: z.literal('campaign'),
    campaignId: z.string(),
    registrationId: z.string().nullable().default(null),
  }),
]);

const messageIdShape = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;

/** One rendered mail, kept as it will be sent, so that every try sends the same bytes. */
const readyMailPayload = z.object({
  /**
   * `requested`: its reader asked for it a moment ago, so it goes to a suppressed address too. `service`: about
   * something they have. `marketing`: only with consent, and with a way to unsubscribe.
   */
  purpose: z.enum(['requested', 'service', 'marketing']).default('service'),
  /** Whose mail it is in the console; null for sign-ins. */
  about: z
    .object({ organiserId: z.string(), eventId: z.string(), registrationId: z.string().nullable() })
    .nullable()
    .default(null),
  condition: mailCondition.nullable().default(null),
  /** From then on it would only confuse: a reminder after the start is set aside. */
  expiresAt: z.date().nullable().default(null),
  /** RFC 8058; marketing only. */
  unsubscribeUrl: z.string().nullable().default(null),
  /** Of a mail about a changed event: the version before the first change it tells of. */
  changesSince: z.int().nullable().default(null),
  /** What comes before the `@` of the Message-ID. */
  messageId: z.string().regex(messageIdShape),
  /** The message id of the mail this one follows up, so that both stand in one thread. */
  threadOf: z.string().regex(messageIdShape).nullable().default(null),
  /** The organiser's name; the address is the platform's. */
  fromName: z.string(),
  /** Where an answer goes: a person at the organiser. */
  replyTo: mailbox.nullable(),
  to: mailbox,
  subject: z.string(),
  /**
   * Where many get the same mail but for a few words: what it is made of, stored once, and the words. `html`, `text`
   * and `invite.ics` are then empty here.
   */
  frame: z
    .object({ id: z.string(), values: z.record(z.string(), z.string()) })
    .nullable()
    .default(null),
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
  /**
   * The place went to a colleague, with a registration of its own, whose invite has `inviteUid`; the rest tells whose
   * invite to withdraw.
   */
  'registration:passed-on': registration.extend({
    inviteUid: z.string().optional(),
    previousEmail: z.string(),
    previousName: z.string(),
    previousUid: z.string(),
    previousSequence: z.int(),
  }),
  /** A new address must be confirmed by its owner; the token in the mail is derived from the request's id. */
  'registration:email-change-requested': registration.extend({ requestId: z.string() }),
  'registration:email-changed': registration.extend({
    inviteUid: z.string().optional(),
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
  /** The same change, for the calendars of whoever has a place: gathered for a while, then told once. */
  'event:changed': z.object({ eventId: z.string() }),
  /** The while is over; a later change or an earlier sending makes another version. */
  'event:update-due': z.object({ eventId: z.string(), version: z.int() }),
  /** Answered a page at a time, as above. */
  'event:updated': z.object({ eventId: z.string(), version: z.int(), afterId: z.string().optional() }),
  'registration:event-updated': registration.extend({
    inviteUid: z.string(),
    inviteSequence: z.int(),
    version: z.int(),
  }),
  /** Sessions or their speakers changed, for the calendars of whoever speaks or leads: gathered likewise. */
  'speakers:changed': z.object({ eventId: z.string() }),
  /** Speakers' and moderators' own invites are brought up to date. */
  'speakers:invites-due': z.object({ eventId: z.string() }),
  /** One invite to one speaker; what it said then is frozen, because a withdrawal outlives its session. */
  'speaker:invited': z.object({
    speakerInviteId: z.string(),
    method: z.enum(['REQUEST', 'CANCEL']),
    sequence: z.int(),
  }),
  /** `startsAt` is the start it reminds of: an event that moved since is reminded of again. */
  'event:reminder-due': z.object({
    eventId: z.string(),
    reminder: reminderName,
    startsAt: z.date(),
    afterId: z.string().optional(),
  }),
  'registration:reminder': registration.extend({
    inviteUid: z.string(),
    reminder: reminderName,
    startsAt: z.date(),
  }),
  /** Answered a page at a time, as above. */
  'campaign:due': z.object({ campaignId: z.string(), afterId: z.string().optional() }),
  'campaign:addressed': z.object({ campaignId: z.string(), registrationId: z.string() }),
  /** A mail that came in, kept whole until it is read. */
  'mail:received': z.object({ inboundMailId: z.string() }),
  /** A calendar said no: its holder is asked whether the place may go to somebody else. */
  'registration:invite-declined': registration.extend({ inviteUid: z.string() }),
  'registration:event-cancelled': registration.extend({ inviteUid: z.string(), inviteSequence: z.int() }),
  /** Somebody's right to watch may have ended: what they hold opens nothing more, and they ask anew. */
  'viewing:ended': z.discriminatedUnion('by', [
    z.object({ by: z.literal('participant'), participantId: z.string() }),
    z.object({ by: z.literal('registration'), registrationId: z.string() }),
    z.object({ by: z.literal('member'), memberId: z.string() }),
    z.object({ by: z.literal('email'), email: z.string() }),
  ]),
  /** The media process is told whose tokens open nothing more. */
  'viewers:revoked': z.object({ viewers: z.array(z.string()), until: z.int() }),
  /** The media process is told which source of a stream is on air, as it is when this is answered. */
  'stream:selected': z.object({ streamId: z.string() }),
  /** Whoever publishes is cut off: the key was changed, or the event is off. `source` null: every one; `tag`: only them. */
  'stream:cut': z.object({
    streamId: z.string(),
    source: pictureSource.nullable(),
    message: z.string().max(200),
    tag: z.string().optional(),
  }),
  /** A session ended, or its end was undone: its replay follows what it is when this is answered. */
  'session:ended': z.object({ sessionId: z.string(), eventId: z.string() }),
  /** The media process is asked what it recorded of a replay, and to make one file of it. */
  'replay-file:asked': z.object({ replayId: z.string(), fileId: z.string() }),
  /** A replay was cut anew: the file of before shows what may have been cut away. */
  'replay-file:dropped': z.object({ streamId: z.string(), fileId: z.string() }),
  /** The media process erases what is recorded between two instants (ms since 1970), and the files made of it. */
  'recording:erased': z.object({
    streamId: z.string(),
    from: z.int(),
    to: z.int(),
    fileIds: z.array(z.string()),
  }),
  /** A stream went with its event, a rehearsal: what is recorded of it goes too. */
  'stream:removed': z.object({ streamId: z.string(), fileIds: z.array(z.string()).default([]) }),
  /** A file that was asked of the media process is there, or why it is not. */
  'replay-file:made': z.object({
    fileId: z.string(),
    ok: z.boolean(),
    bytes: z.int().min(0),
    reason: z.string().nullable(),
  }),
  'mail:ready': readyMailPayload,
} as const satisfies Record<string, z.ZodType>;

export type OutboxKind = keyof typeof outboxMessages;
export type OutboxPayload<K extends OutboxKind> = z.infer<(typeof outboxMessages)[K]>;
export type OutboxMessage = {
  [K in OutboxKind]: { readonly kind: K; readonly payload: z.input<(typeof outboxMessages)[K]> };
}[OutboxKind];
