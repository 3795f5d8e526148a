import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One person's vote for one question. */
const questionVoteSchema = new Schema(
  { _id: text, eventId: text, questionId: text, participantId: text },
  { ...modelOptions, collection: 'question-votes' },
);
questionVoteSchema.index({ questionId: 1, participantId: 1 }, { unique: true });
questionVoteSchema.index({ eventId: 1, participantId: 1 });

export type QuestionVote = InferSchemaType<typeof questionVoteSchema>;
export const QuestionVoteModel = model('QuestionVote', questionVoteSchema);
