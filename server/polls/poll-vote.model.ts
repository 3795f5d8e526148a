import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** What one person chose: kept so that it can be changed and counts once, shown to nobody else. */
const pollVoteSchema = new Schema(
  {
    _id: text,
    eventId: text,
    pollId: text,
    participantId: text,
    optionIds: { type: [String], default: [] },
    word: { type: String, default: null },
  },
  { ...modelOptions, collection: 'poll-votes' },
);
pollVoteSchema.index({ pollId: 1, participantId: 1 }, { unique: true });
pollVoteSchema.index({ eventId: 1, participantId: 1 });

export type PollVote = InferSchemaType<typeof pollVoteSchema>;
export const PollVoteModel = model('PollVote', pollVoteSchema);

/** How often one word was answered in a word poll; the commonest are read without counting everybody. */
const pollWordSchema = new Schema(
  { _id: text, eventId: text, pollId: text, word: text, votes: { type: Number, default: 0 } },
  { ...modelOptions, collection: 'poll-words' },
);
pollWordSchema.index({ pollId: 1, word: 1 }, { unique: true });
pollWordSchema.index({ pollId: 1, votes: -1, word: 1 });

export type PollWord = InferSchemaType<typeof pollWordSchema>;
export const PollWordModel = model('PollWord', pollWordSchema);
