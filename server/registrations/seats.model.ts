import { model, Schema, type InferSchemaType } from 'mongoose';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

/**
 * The seats of one event, in one document, so that one conditional write is the whole guard. `remaining` is what
 * may still be sold: capacity less taken, never below zero; null with `capacity` when there is no limit.
 */
const seatsSchema = new Schema(
  {
    /** The event's id. */
    _id: { type: String, required: true },
    capacity: { type: Number, default: null },
    remaining: { type: Number, default: null },
    /** How many registrations are confirmed. */
    taken: { type: Number, required: true },
    /** Since when nobody can come any more, whatever remains: the event was cancelled and its holders are told. */
    closedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'seats' },
);
seatsSchema.plugin(countChanges);

export type Seats = InferSchemaType<typeof seatsSchema>;
export const SeatsModel = model('Seats', seatsSchema);
