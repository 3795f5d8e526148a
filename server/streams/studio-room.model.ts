import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

const seatSchema = new Schema(
  {
    peerId: text,
    participantId: text,
    role: { ...text, enum: ['host', 'guest'] },
    name: text,
    /** A seat nobody has spoken for since is no seat any more. */
    seenAt: { type: Date, required: true },
  },
  { _id: false },
);

/** Who is in the backstage room of one stage: one document, so that no two pages ever have the same place. */
const studioRoomSchema = new Schema(
  {
    /** Of event and stage. */
    _id: text,
    eventId: text,
    seats: { type: [seatSchema], default: [] },
    /** Raised by every change that others hear of. */
    revision: { type: Number, default: 0 },
    /** Raised by every write: whoever decided on an older state decides again. */
    version: { type: Number, default: 0 },
  },
  { ...modelOptions, collection: 'studioRooms' },
);
studioRoomSchema.index({ eventId: 1 });

export type StoredStudioRoom = InferSchemaType<typeof studioRoomSchema>;
export const StudioRoomModel = model('StudioRoom', studioRoomSchema);
