import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** The calendar of one address to subscribe to. Switching it off deletes it, and with it every address it had. */
const calendarFeedSchema = new Schema(
  {
    _id: text,
    /** Lower case. */
    email: { type: String, required: true, unique: true },
    /** Part of what its address is signed over: raising it revokes the address. */
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'calendarFeeds' },
);

export type CalendarFeed = InferSchemaType<typeof calendarFeedSchema>;
export const CalendarFeedModel = model('CalendarFeed', calendarFeedSchema);
