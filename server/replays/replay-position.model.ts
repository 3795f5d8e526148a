import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** Where one person left off in one replay, on whichever device. */
const replayPositionSchema = new Schema(
  {
    replayId: text,
    /** The participant's key: `registration:<id>`, `speaker:<id>`, `member:<id>`. */
    key: text,
    /** Whose it is and of what, so that it goes with either. */
    eventId: text,
    registrationId: { type: String, default: null },
    memberId: { type: String, default: null },
    speakerId: { type: String, default: null },
    /** From the first picture; null: seen to the end. */
    seconds: { type: Number, default: null },
    watchedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'replay-positions' },
);
replayPositionSchema.index({ replayId: 1, key: 1 }, { unique: true });
replayPositionSchema.index({ key: 1, watchedAt: -1 });
replayPositionSchema.index({ registrationId: 1 });
replayPositionSchema.index({ eventId: 1 });

export type ReplayPosition = InferSchemaType<typeof replayPositionSchema>;
export const ReplayPositionModel = model('ReplayPosition', replayPositionSchema);
