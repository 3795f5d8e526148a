import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** Append-only. `changes` holds before and after of what was changed, never personal text. */
const auditEntrySchema = new Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    organiserId: { type: String, default: null },
    actor: {
      type: { _id: false, kind: { type: String, required: true }, id: { type: String, default: null } },
      required: true,
    },
    action: { type: String, required: true },
    subject: {
      type: { _id: false, noun: { type: String, required: true }, id: { type: String, required: true } },
      required: true,
    },
    changes: { type: Schema.Types.Mixed, default: {} },
  },
  { ...modelOptions, collection: 'audit-entries' },
);
auditEntrySchema.index({ organiserId: 1, at: -1 });
auditEntrySchema.index({ 'subject.id': 1, at: -1 });

export type AuditEntry = InferSchemaType<typeof auditEntrySchema>;
export const AuditEntryModel = model('AuditEntry', auditEntrySchema);
