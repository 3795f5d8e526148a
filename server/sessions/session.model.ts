import { model, Schema, type InferSchemaType } from 'mongoose';
import { sessionKindNames } from '../contracts/session-form.ts';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

const sessionSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    /** null: shown on every stage. */
    stageId: { type: String, default: null },
    title: text,
    summary: { type: String, default: '' },
    kind: {
      type: String,
      required: true,
      enum: sessionKindNames,
    },
    startsAtLocal: text,
    endsAtLocal: text,
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    speakerIds: { type: [String], default: [] },
    /** Who leads the session, from the same list as speakers. */
    moderatorIds: { type: [String], default: [] },
    /** Links and files for those who watch. */
    resources: {
      type: [
        new Schema(
          {
            id: text,
            title: text,
            kind: { type: String, required: true, enum: ['link', 'file'] },
            url: text,
            size: { type: Number, default: null },
          },
          { _id: false },
        ),
      ],
      default: [],
    },
    state: {
      type: String,
      required: true,
      enum: ['scheduled', 'live', 'paused', 'ended', 'cancelled'],
      default: 'scheduled',
    },
    /** Goes live and ends at its planned times without an organiser. */
    isAutomatic: { type: Boolean, default: false },
    wentLiveAt: { type: Date, default: null },
    pausedAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    /** Raised by every edit and every change of state: the guard against two organisers pressing at once. */
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
    /** When calendars were last told something new about it. */
    editedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'sessions' },
);
sessionSchema.index({ eventId: 1, startsAt: 1 });
sessionSchema.index({ speakerIds: 1 });
sessionSchema.index({ moderatorIds: 1 });
sessionSchema.index({ isAutomatic: 1, state: 1, startsAt: 1 });
sessionSchema.plugin(countChanges);

export type Session = InferSchemaType<typeof sessionSchema>;
export const SessionModel = model('Session', sessionSchema);
