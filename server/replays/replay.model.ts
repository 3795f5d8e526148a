import { model, Schema, type InferSchemaType } from 'mongoose';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

const chapterSchema = new Schema({ at: count, title: text }, { _id: false });
const holeSchema = new Schema({ from: count, to: count }, { _id: false });
const cueSchema = new Schema({ from: count, to: count, text }, { _id: false });
const uploadSchema = new Schema(
  { id: text, bytes: count, durationMs: count, at: { type: Date, required: true } },
  { _id: false },
);

/** What people watch of a session afterwards. Times inside are ms from the beginning of the session, before trims. */
const replaySchema = new Schema(
  {
    _id: text,
    organiserId: text,
    eventId: text,
    sessionId: { ...text, unique: true },
    /** The session's revision that it follows: an older end does not overtake a newer undo. */
    sessionRevision: count,
    stageId: { type: String, default: null },
    /** null: the stage had no stream; a file can be put in its place. */
    streamId: { type: String, default: null },
    /** When the session went live and ended. */
    from: { type: Date, required: true },
    to: { type: Date, default: null },
    /** `recording`: its end was undone. `none`: nothing came from the stage. */
    status: { ...text, enum: ['recording', 'ready', 'none'] },
    /** An organiser had its recording erased. */
    erasedAt: { type: Date, default: null },
    /** What of it is on disk; null until the media process was asked. */
    recordedMs: { type: Number, default: null },
    /** Where nothing was recorded: the picture goes on without a pause there. */
    holes: { type: [holeSchema], default: [] },
    trimStart: { type: Number, default: 0 },
    trimEnd: { type: Number, default: 0 },
    chapters: { type: [chapterSchema], default: [] },
    /** Captions as an organiser left them; null: those of the captioner. */
    cues: { type: [cueSchema], default: null },
    /** Folded words of all that is said, for the search. */
    spokenWords: { type: [String], default: [], select: false },
    visibility: { ...text, enum: ['registered', 'everyone', 'hidden'], default: 'registered' },
    publishedAt: { type: Date, default: null },
    isDownloadable: { type: Boolean, default: false },
    /** How often it was taken from people who had it: part of the tag in its paths. */
    takenBack: { type: Number, default: 0 },
    /** The MP4 that the media process makes. */
    fileId: { type: String, default: null },
    fileStatus: { ...text, enum: ['none', 'asked', 'ready', 'failed'], default: 'none' },
    fileBytes: { type: Number, default: 0 },
    /** The MP4 that an organiser put in its place. */
    upload: { type: uploadSchema, default: null },
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'replays' },
);
replaySchema.index({ eventId: 1, from: 1 });
replaySchema.index({ organiserId: 1, from: -1 });
replaySchema.index({ publishedAt: 1, from: -1 });
replaySchema.index({ fileId: 1 });
replaySchema.index({ streamId: 1 });
replaySchema.index({ spokenWords: 1 });
replaySchema.plugin(countChanges);

export type Replay = Omit<InferSchemaType<typeof replaySchema>, 'spokenWords'>;
export const ReplayModel = model('Replay', replaySchema);
