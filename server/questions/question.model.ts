import { model, Schema, type InferSchemaType } from 'mongoose';
import { questionState } from '../contracts/live-questions.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

const authorSchema = new Schema(
  { id: text, name: text, organisation: { type: String, default: '' }, role: text },
  { _id: false },
);
const answerSchema = new Schema({ text, by: text, at: { type: Date, required: true } }, { _id: false });

/** A question to the speakers of one event. */
const questionSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    stageId: { type: String, default: null },
    sessionId: { type: String, default: null },
    text,
    /** The participant who asked, also without a name: for their own list only, never shown to anybody else. */
    askedBy: text,
    /** null: asked without a name. */
    author: { type: authorSchema, default: null },
    /** Made by the page: a question sent again is one question. */
    clientId: text,
    askedAt: { type: Date, required: true },
    state: { type: String, required: true, enum: questionState.options },
    /** Where it goes back to when it is restored. */
    archivedFrom: { type: String, default: null },
    votes: { type: Number, default: 0 },
    answer: { type: answerSchema, default: null },
    assignedTo: { type: String, default: null },
    mergedInto: { type: String, default: null },
    mergedCount: { type: Number, default: 0 },
    revision: { type: Number, default: 1 },
  },
  { ...modelOptions, collection: 'questions' },
);
questionSchema.index({ eventId: 1, askedBy: 1, clientId: 1 }, { unique: true });
questionSchema.index({ eventId: 1, askedAt: 1 });
/** One question at a time is being answered on a stage, whoever presses when. */
questionSchema.index(
  { eventId: 1, stageId: 1 },
  { unique: true, name: 'live-on-stage', partialFilterExpression: { state: 'live' } },
);

export type Question = InferSchemaType<typeof questionSchema>;
export const QuestionModel = model('Question', questionSchema);
