import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One going-live of an encoder, as the media process told it. */
const streamRunSchema = new Schema(
  {
    /** The media process's id of it. */
    _id: text,
    streamId: text,
    eventId: text,
    organiserId: text,
    startedAt: { type: Date, required: true },
    state: { ...text, enum: ['started', 'lost', 'resumed', 'ended'] },
    /** When it came into this state. */
    at: { type: Date, required: true },
    /** When what no replay uses of it was erased because it had been kept long enough. */
    unusedErasedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'stream-runs' },
);
streamRunSchema.index({ streamId: 1, startedAt: 1 });
streamRunSchema.index({ eventId: 1, startedAt: 1 });
streamRunSchema.index({ unusedErasedAt: 1, at: 1 });

export type StreamRun = InferSchemaType<typeof streamRunSchema>;
export const StreamRunModel = model('StreamRun', streamRunSchema);
