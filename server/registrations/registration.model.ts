import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;

const answerSchema = new Schema(
  { questionId: text, values: { type: [String], required: true } },
  { _id: false },
);

/** What a person said to one purpose, with the words they saw. Rows are added, never changed: the last one counts. */
const consentSchema = new Schema(
  {
    consentId: text,
    wording: text,
    version: { type: Number, required: true },
    isGiven: { type: Boolean, required: true },
    at: instant,
    source: { type: String, required: true, enum: ['registration-form', 'registration-page'] },
  },
  { _id: false },
);

/** Waits until the owner of the new address opens the link; the token is derived from `requestId`. */
const emailChangeSchema = new Schema({ requestId: text, email: text, expiresAt: instant }, { _id: false });

/** `stamp` orders replies that overtake each other (RFC 5546, 2.1.5). */
const intentSchema = new Schema(
  {
    answer: { type: String, required: true, enum: ['accepted', 'tentative', 'declined'] },
    sequence: { type: Number, required: true },
    stamp: instant,
    at: instant,
  },
  { _id: false },
);

/** One person's place at one event. */
const registrationSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    name: text,
    /** Lower case. */
    email: text,
    organisation: { type: String, default: '' },
    jobTitle: { type: String, default: '' },
    answers: { type: [answerSchema], default: [] },
    consents: { type: [consentSchema], default: [] },
    /** Encrypted for this registration alone; null when nothing was said. */
    accessNeeds: { type: String, default: null },
    status: {
      type: String,
      required: true,
      enum: ['awaiting-approval', 'confirmed', 'declined', 'cancelled'],
    },
    /** New with every claim of a place and every holder, because calendars remember withdrawn entries. */
    inviteUid: text,
    inviteSequence: { type: Number, default: 0 },
    /** The version of the event (`event-updates`) that the last invite tells of; below zero, see `shownUntold`. */
    toldVersion: { type: Number, default: 0 },
    /** What their calendar answered; the place itself is not touched by it. */
    intent: { type: intentSchema, default: null },
    /** The invite whose holder was asked, after a no, whether the place may go to somebody else. */
    releaseOfferedUid: { type: String, default: null },
    /** Sessions chosen for "my agenda". */
    starredSessionIds: { type: [String], default: [] },
    /** When a session was last chosen or let go: their calendar carries it as its stamp. */
    starsChangedAt: { type: Date, default: null },
    /** When they were first seen in the live room during the event. */
    firstEnteredAt: { type: Date, default: null },
    /** Part of what the links in mails are signed over: raising it revokes them. */
    passVersion: { type: Number, default: 1 },
    /** Raised by every change; a form that was opened before another change is answered with what changed. */
    revision: { type: Number, default: 1 },
    /** The form that claimed the place: the same one sent again gets the same answer. */
    attemptKey: text,
    attemptSignature: text,
    /** When the place was last sent again to its holder, so that nobody can fill a mailbox. */
    repeatedAt: { type: Date, default: null },
    emailChange: { type: emailChangeSchema, default: null },
    createdAt: instant,
    confirmedAt: { type: Date, default: null },
    cancelledAt: { type: Date, default: null },
    /** True when the place did not come back but went to a colleague. */
    isPassedOn: { type: Boolean, default: false },
  },
  { ...modelOptions, collection: 'registrations' },
);
registrationSchema.index({ eventId: 1, email: 1 }, { unique: true });
registrationSchema.index({ eventId: 1, attemptKey: 1 }, { unique: true });
registrationSchema.index({ eventId: 1, status: 1, createdAt: 1, _id: 1 });
// Whoever writes to all of them goes page by page, by id.
registrationSchema.index({ eventId: 1, status: 1, _id: 1 });
registrationSchema.index({ email: 1 });
registrationSchema.index({ inviteUid: 1 });

export type Registration = InferSchemaType<typeof registrationSchema>;
export type ConsentRow = InferSchemaType<typeof consentSchema>;
export const RegistrationModel = model('Registration', registrationSchema);
