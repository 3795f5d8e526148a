import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** What was said on a stage, a line at a time, at the times it was said. */
const captionSchema = new Schema(
  {
    _id: text,
    organiserId: text,
    eventId: text,
    stageId: { type: String, default: null },
    from: { type: Date, required: true },
    to: { type: Date, required: true },
    text,
    /** The captioner's link. */
    by: text,
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'captions' },
);
captionSchema.index({ eventId: 1, stageId: 1, from: 1 });

export type Caption = InferSchemaType<typeof captionSchema>;
export const CaptionModel = model('Caption', captionSchema);
