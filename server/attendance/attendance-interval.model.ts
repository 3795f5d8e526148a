import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/**
 * From the first to the last heartbeat of one connection to one session. Written with $max and $setOnInsert only, so
 * the same flush twice, or two in the wrong order, leave the same document.
 */
const attendanceIntervalSchema = new Schema(
  {
    /** `<connection>:<session>:<start in ms>` */
    _id: text,
    eventId: text,
    registrationId: text,
    sessionId: text,
    kind: { type: String, required: true, enum: ['live', 'replay'] },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'attendance-intervals' },
);
attendanceIntervalSchema.index({ eventId: 1, registrationId: 1 });
attendanceIntervalSchema.index({ registrationId: 1, startedAt: 1 });

export type AttendanceInterval = InferSchemaType<typeof attendanceIntervalSchema>;
export const AttendanceIntervalModel = model('AttendanceInterval', attendanceIntervalSchema);
