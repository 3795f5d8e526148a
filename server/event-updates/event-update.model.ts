import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** What one event has told and what it is about to tell: one document an event, so that at most one update waits. */
const eventUpdateSchema = new Schema(
  {
    _id: { type: String, required: true },
    /** Everybody was told this version, or a later one. */
    sentVersion: { type: Number, required: true },
    /** The newest version that was looked at. */
    seenVersion: { type: Number, required: true },
    /** The version whose change set `dueAt`; the message that carries another one was overtaken. */
    version: { type: Number, default: 0 },
    firstChangedAt: { type: Date, default: null },
    /** When everybody is told; null while nothing waits. */
    dueAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'eventUpdates' },
);

export type EventUpdate = InferSchemaType<typeof eventUpdateSchema>;
export const EventUpdateModel = model('EventUpdate', eventUpdateSchema);
