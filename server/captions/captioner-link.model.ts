import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** Lets whoever holds it write captions for one stage of one event, and nothing else. */
const captionerLinkSchema = new Schema(
  {
    _id: text,
    organiserId: text,
    eventId: text,
    stageId: { type: String, default: null },
    tokenHash: { ...text, unique: true },
    /** Who it was made for, as the organiser calls them. */
    name: text,
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'captioner-links' },
);
captionerLinkSchema.index({ eventId: 1, createdAt: 1 });

export type CaptionerLink = InferSchemaType<typeof captionerLinkSchema>;
export const CaptionerLinkModel = model('CaptionerLink', captionerLinkSchema);
