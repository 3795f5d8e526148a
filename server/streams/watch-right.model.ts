import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/**
 * Whose right to watch was ever taken away, or which replay was taken back. It is part of the tag in a path, so that a new
 * right gets a new tag.
 */
const watchRightSchema = new Schema(
  {
    /** The participant's or the replay's id. */
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    /** How often it was taken away. */
    version: { type: Number, required: true },
    /** When the last token with an older tag has run out. */
    until: { type: Date, required: true },
    /** The tags whose tokens may not have run out yet. */
    revokedTags: { type: [String], default: [] },
  },
  { ...modelOptions, collection: 'watch-rights' },
);
watchRightSchema.index({ until: 1 });

export type WatchRight = InferSchemaType<typeof watchRightSchema>;
export const WatchRightModel = model('WatchRight', watchRightSchema);
