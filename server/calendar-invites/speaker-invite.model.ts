import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;
export const speakerRoles = ['speaks', 'leads', 'speaks-and-leads'] as const;
export const withdrawalReasons = [
  'event-cancelled',
  'session-cancelled',
  'not-on-session',
  'address-changed',
] as const;

const contentSchema = new Schema(
  {
    speakerName: text,
    eventTitle: text,
    eventLang: text,
    eventSlug: text,
    zone: text,
    sessionTitle: text,
    role: { type: String, required: true, enum: speakerRoles },
    /** null where the event has one stage, and for a session on every stage. */
    stage: { type: String, default: null },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    /** Who else speaks or leads. */
    others: { type: [String], default: [] },
  },
  { _id: false },
);

/** What stands in one person's calendar about one session, at one address. */
const speakerInviteSchema = new Schema(
  {
    /** The UID in the calendar; an invitation after a withdrawal is a document of its own. */
    _id: text,
    /** Session, speaker and address while it stands, so that there is one; afterwards its own id. */
    slot: { type: String, required: true, unique: true },
    organiserId: text,
    eventId: text,
    sessionId: text,
    speakerId: text,
    email: text,
    state: { type: String, required: true, enum: ['invited', 'withdrawn'], default: 'invited' },
    /** Raised by each change that is sent. */
    sequence: { type: Number, required: true, default: 0 },
    /** When this sequence was made. */
    changedAt: { type: Date, required: true },
    /** What it says, kept because a withdrawal may outlive its session. */
    content: { type: contentSchema, required: true },
    /** What the last mail said, and so what a change is told against; null before the first. */
    told: { type: contentSchema, default: null },
    withdrawnBecause: { type: String, enum: [...withdrawalReasons, null], default: null },
  },
  { ...modelOptions, collection: 'speaker-invites' },
);
speakerInviteSchema.index({ eventId: 1, state: 1 });

export type SpeakerInvite = InferSchemaType<typeof speakerInviteSchema>;
export const SpeakerInviteModel = model('SpeakerInvite', speakerInviteSchema);
