import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** How one event's live room is run. Missing until somebody changes something: `usualSettings` stand meanwhile. */
const liveRoomSchema = new Schema(
  {
    /** The event's id. */
    _id: { type: String, required: true },
    organiserId: { type: String, required: true },
    isChatOpen: { type: Boolean, default: true },
    slowModeSeconds: { type: Number, default: 0 },
    areQuestionsOpen: { type: Boolean, default: true },
    areQuestionsModerated: { type: Boolean, default: true },
    allowsAnonymousQuestions: { type: Boolean, default: true },
    areReactionsOn: { type: Boolean, default: true },
    allowsHandRaise: { type: Boolean, default: false },
    stageView: {
      type: new Schema(
        { kind: { type: String, required: true }, id: { type: String, required: true } },
        { _id: false },
      ),
      default: null,
    },
    /** Words that may not be written here, folded to lower case. */
    words: { type: [String], default: [] },
    /** Raised by every change: of two moderators who change at once one is told. */
    revision: { type: Number, default: 0 },
  },
  { ...modelOptions, collection: 'live-rooms' },
);

export type LiveRoom = InferSchemaType<typeof liveRoomSchema>;
export const LiveRoomModel = model('LiveRoom', liveRoomSchema);
