import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** What the holder of one place said about the day. */
const feedbackSchema = new Schema(
  {
    _id: text,
    eventId: text,
    registrationId: text,
    overall: { type: Number, required: true, min: 1, max: 5 },
    useful: { type: String, default: '' },
    better: { type: String, default: '' },
    mayQuote: { type: Boolean, required: true },
    /** Only then does the organiser see who said it. */
    withName: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'feedback' },
);
feedbackSchema.index({ registrationId: 1 }, { unique: true });
feedbackSchema.index({ eventId: 1, createdAt: 1 });

export type Feedback = InferSchemaType<typeof feedbackSchema>;
export const FeedbackModel = model('Feedback', feedbackSchema);
