import { model, Schema, type InferSchemaType } from 'mongoose';
import { liveAudience } from '../contracts/live-facts.ts';
import { modelOptions } from '../platform/database/model-options.ts';

/** One entry of a live log; `fact` is checked by `contracts/live-events.ts` before it is stored. */
const liveFactSchema = new Schema(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    audience: { type: String, required: true, enum: liveAudience.options },
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    fact: { type: Schema.Types.Mixed, required: true },
  },
  { ...modelOptions, collection: 'live-facts' },
);
liveFactSchema.index({ eventId: 1, audience: 1, seq: 1 }, { unique: true });

export type StoredFact = InferSchemaType<typeof liveFactSchema>;
export const LiveFactModel = model('LiveFact', liveFactSchema);
