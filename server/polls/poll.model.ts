import { model, Schema, type InferSchemaType } from 'mongoose';
import { pollKind, pollResults, pollState } from '../contracts/live-polls.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** A poll of one event with its counts; who chose what is in `poll-votes`. */
const pollSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    stageId: { type: String, default: null },
    /** Made by the page: a draft sent again is one draft. */
    clientId: text,
    kind: { type: String, required: true, enum: pollKind.options },
    question: text,
    options: { type: [new Schema({ id: text, text }, { _id: false })], default: [] },
    state: { type: String, required: true, enum: pollState.options },
    results: { type: String, required: true, enum: pollResults.options },
    openedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    closesAt: { type: Date, default: null },
    voters: { type: Number, default: 0 },
    /** Votes by option id. */
    counts: { type: Map, of: Number, default: {} },
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'polls' },
);
pollSchema.index({ eventId: 1, clientId: 1 }, { unique: true });
pollSchema.index({ eventId: 1, createdAt: 1 });
pollSchema.index({ state: 1, closesAt: 1 });

type Inferred = InferSchemaType<typeof pollSchema>;
/** As it is read: a map is a plain object then. */
export type Poll = Omit<Inferred, 'counts'> & { counts: Record<string, number> };
export const PollModel = model('Poll', pollSchema);
