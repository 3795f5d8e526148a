import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One message. What was deleted keeps its place and loses its text. */
const chatMessageSchema = new Schema(
  {
    _id: text,
    eventId: text,
    channel: { type: String, required: true, enum: ['stage', 'backstage'] },
    stageId: { type: String, default: null },
    participantId: text,
    /** As the others saw the author when it was written. */
    author: {
      type: new Schema(
        { id: text, name: text, organisation: { type: String, default: '' }, role: text },
        { _id: false },
      ),
      required: true,
    },
    clientId: text,
    text: { type: String, default: '' },
    at: { type: Date, required: true },
    /** Its number in the moderators' log, which holds every message: the order of the chat. */
    seq: { type: Number, required: true },
    /** Its number in the log of who else hears it: viewers, or backstage. */
    audienceSeq: { type: Number, required: true },
    replyTo: {
      type: new Schema({ id: text, name: text, excerpt: { type: String, default: '' } }, { _id: false }),
      default: null,
    },
    mentions: { type: [String], default: [] },
    reactions: {
      type: new Schema(
        {
          agree: { type: Number, default: 0 },
          thanks: { type: Number, default: 0 },
          love: { type: Number, default: 0 },
          laugh: { type: Number, default: 0 },
        },
        { _id: false },
      ),
      default: () => ({}),
    },
    isPinned: { type: Boolean, default: false },
    /** Reports since a moderator last looked. */
    reportCount: { type: Number, default: 0 },
    reportReason: { type: String, default: '' },
    deletedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'chat-messages' },
);
chatMessageSchema.index({ participantId: 1, clientId: 1 }, { unique: true });
chatMessageSchema.index({ eventId: 1, channel: 1, stageId: 1, seq: -1 });
chatMessageSchema.index({ eventId: 1, 'replyTo.id': 1 });
chatMessageSchema.index({ eventId: 1, isPinned: 1 }, { partialFilterExpression: { isPinned: true } });
chatMessageSchema.index(
  { eventId: 1 },
  { partialFilterExpression: { reportCount: { $gt: 0 } }, name: 'reported' },
);

export type StoredChatMessage = InferSchemaType<typeof chatMessageSchema>;
export const ChatMessageModel = model('ChatMessage', chatMessageSchema);
