import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** A reminder whose turn came; written with the message that sends it, so that it is sent once. */
const sentReminderSchema = new Schema(
  {
    /** `<eventId> <name> <start>`: an event that moved is reminded of anew. */
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'sent-reminders' },
);
sentReminderSchema.index({ eventId: 1 });

export type SentReminder = InferSchemaType<typeof sentReminderSchema>;
export const SentReminderModel = model('SentReminder', sentReminderSchema);
