import { model, Schema, type InferSchemaType } from 'mongoose';
import { stageShows } from '../contracts/stage-picture.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

const plannedSchema = new Schema(
  { at: { type: Date, required: true }, shows: { ...text, enum: stageShows.options } },
  { _id: false },
);

/** Who was let on air from a browser: by which ticket and way in, and as whom. */
const studioUseSchema = new Schema({ key: text, person: text }, { _id: false });

/** Where a stage's pictures come from and what it shows. Missing until an organiser sets the stage up. */
const streamSchema = new Schema(
  {
    _id: text,
    organiserId: text,
    eventId: text,
    /** null: the one place of an event without stages. */
    stageId: { type: String, default: null },
    /** SHA-256 of the key that encoders publish with; missing: none was made, or it was revoked. */
    keyHash: { type: String },
    keyMadeAt: { type: Date, default: null },
    /** Of the last keys, so that who still has one is told that it was changed, and not that it never was. */
    revokedKeyHashes: { type: [String], default: [] },
    /** The last ones, the newest last. */
    studioUses: { type: [studioUseSchema], default: [] },
    shows: { ...text, enum: stageShows.options },
    slateText: { type: String, default: null },
    /** An `ExternalPicture`. */
    external: { type: Schema.Types.Mixed, default: null },
    /** What it will show, and from when; in order of time. */
    planned: { type: [plannedSchema], default: [] },
    /** Of the run that is under way. */
    runId: { type: String, default: null },
    runStartedAt: { type: Date, default: null },
    isReceiving: { type: Boolean, default: false },
    /** Raised by every change that viewers hear of. */
    revision: { type: Number, default: 1 },
    /** The revision of the last switch, 0 before the first: of two moderators who switch at once one is told. */
    shownRevision: { type: Number, default: 0 },
    /** The revision that last edited slate or player. */
    settingsRevision: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'streams' },
);
streamSchema.index({ eventId: 1, stageId: 1 }, { unique: true });
streamSchema.index(
  { keyHash: 1 },
  { unique: true, partialFilterExpression: { keyHash: { $type: 'string' } } },
);
streamSchema.index({ revokedKeyHashes: 1 });
streamSchema.index({ 'planned.at': 1 });

export type Stream = InferSchemaType<typeof streamSchema>;
export const StreamModel = model('Stream', streamSchema);
