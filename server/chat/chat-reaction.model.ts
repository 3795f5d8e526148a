import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One person's reaction of one kind to one message. */
const chatReactionSchema = new Schema(
  {
    _id: text,
    eventId: text,
    messageId: text,
    participantId: text,
    kind: { type: String, required: true, enum: ['agree', 'thanks', 'love', 'laugh'] },
    at: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'chat-reactions' },
);
chatReactionSchema.index({ messageId: 1, participantId: 1, kind: 1 }, { unique: true });
chatReactionSchema.index({ eventId: 1, participantId: 1, at: -1 });

export type StoredReaction = InferSchemaType<typeof chatReactionSchema>;
export const ChatReactionModel = model('ChatReaction', chatReactionSchema);
