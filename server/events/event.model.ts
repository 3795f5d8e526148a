import { model, Schema, type InferSchemaType } from 'mongoose';
import { usualRecordingDays } from '../contracts/recording-form.ts';
import { reminderNames } from '../contracts/reminder.ts';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

const questionSchema = new Schema(
  {
    id: text,
    label: text,
    kind: { type: String, required: true, enum: ['text', 'choice', 'multiple-choice'] },
    options: { type: [String], default: [] },
    isRequired: { type: Boolean, default: false },
  },
  { _id: false },
);

/** A purpose people may consent to. A changed wording gets a new version; what people agreed to is kept. */
const consentSchema = new Schema(
  { id: text, wording: text, version: { type: Number, required: true } },
  { _id: false },
);

const eventSchema = new Schema(
  {
    _id: text,
    organiserId: text,
    slug: { type: String, required: true, unique: true },
    title: text,
    summary: { type: String, default: '' },
    /** Markdown. */
    description: { type: String, default: '' },
    audience: { type: String, default: '' },
    status: { type: String, required: true, enum: ['draft', 'published', 'cancelled'], default: 'draft' },
    series: { type: String, default: null },
    topics: { type: [String], default: [] },
    lang: { type: String, default: 'en-GB' },
    /** IANA zone; the local times are the truth and the instants are derived from them. */
    zone: text,
    startsAtLocal: text,
    endsAtLocal: text,
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    /** null: as many as come. */
    capacity: { type: Number, default: null },
    registrationOpensAt: { type: Date, default: null },
    registrationClosesAt: { type: Date, default: null },
    stages: { type: [new Schema({ id: text, name: text }, { _id: false })], default: [] },
    questions: { type: [questionSchema], default: [] },
    consents: { type: [consentSchema], default: [] },
    faqs: { type: [new Schema({ question: text, answer: text }, { _id: false })], default: [] },
    /** `#rrggbb`; shown darker or lighter where it would be hard to read. */
    accent: { type: String, default: null },
    /** Which reminders are sent. */
    reminders: { type: [String], enum: reminderNames, default: [...reminderNames] },
    /** How long recordings that no replay uses are kept; null: until somebody erases them. */
    recordingDays: { type: Number, default: usualRecordingDays },
    /** The event that this is a rehearsal of; such a copy is in no list and is deleted afterwards. */
    rehearsalOf: { type: String, default: null },
    isOnDemand: { type: Boolean, default: false },
    /** Raised by every edit; a form that was opened before another edit is answered with what changed. */
    revision: { type: Number, default: 1 },
    /** Raised by every change that calendars may have to tell: which state an invite was made from. */
    toldVersion: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    /** When the last form was saved: a calendar entry carries it as its stamp. */
    editedAt: { type: Date, default: null },
    publishedAt: { type: Date, default: null },
    cancelledAt: { type: Date, default: null },
    cancellationReason: { type: String, default: null },
  },
  { ...modelOptions, collection: 'events' },
);
eventSchema.index({ status: 1, startsAt: 1 });
eventSchema.index({ organiserId: 1, startsAt: -1 });
eventSchema.index(
  { rehearsalOf: 1 },
  { unique: true, partialFilterExpression: { rehearsalOf: { $type: 'string' } } },
);
eventSchema.plugin(countChanges);

export type Event = InferSchemaType<typeof eventSchema>;
export const EventModel = model('Event', eventSchema);
