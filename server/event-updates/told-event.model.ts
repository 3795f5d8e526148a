import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const span = { startsAtLocal: text, endsAtLocal: text, startsAt: instant, endsAt: instant } as const;

const toldSessionSchema = new Schema(
  { id: text, title: text, ...span, isCancelled: { type: Boolean, required: true } },
  { _id: false },
);

/** What calendars tell of an event at one version of it; `_id` is both. Written once, never changed. */
const toldEventSchema = new Schema(
  {
    _id: text,
    eventId: text,
    version: { type: Number, required: true },
    /** Two versions with the same one tell the same. */
    fingerprint: text,
    title: text,
    zone: text,
    ...span,
    sessions: { type: [toldSessionSchema], required: true },
    storedAt: instant,
  },
  { ...modelOptions, collection: 'toldEvents' },
);
toldEventSchema.index({ eventId: 1, fingerprint: 1 });
toldEventSchema.index({ eventId: 1, version: 1 }, { unique: true });

export type StoredToldEvent = InferSchemaType<typeof toldEventSchema>;
export const ToldEventModel = model('ToldEvent', toldEventSchema);
