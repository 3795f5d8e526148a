import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** A banner over one event's live room. It runs out by the reader's clock, so nothing has to be run for that. */
const announcementSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    /** The participant who made it. */
    madeBy: text,
    /** Made by the sender: the same message sent again is the same announcement. */
    clientId: text,
    kind: { type: String, required: true, enum: ['notice', 'incident'] },
    urgency: { type: String, required: true, enum: ['polite', 'assertive'] },
    text,
    at: { type: Date, required: true },
    expiresAt: { type: Date, default: null },
    withdrawnAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'announcements' },
);
announcementSchema.index({ eventId: 1, madeBy: 1, clientId: 1 }, { unique: true });
announcementSchema.index({ eventId: 1, at: 1 });

export type StoredAnnouncement = InferSchemaType<typeof announcementSchema>;
export const AnnouncementModel = model('Announcement', announcementSchema);
