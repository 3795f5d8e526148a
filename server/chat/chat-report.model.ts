import { model, Schema } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One person's report of one message. */
const chatReportSchema = new Schema(
  {
    _id: text,
    eventId: text,
    messageId: text,
    participantId: text,
    reason: text,
    at: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'chat-reports' },
);
chatReportSchema.index({ messageId: 1, participantId: 1 }, { unique: true });

export const ChatReportModel = model('ChatReport', chatReportSchema);
