import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../database/model-options.ts';

/** A mail that was kept instead of sent. `_id` is its message id, so a second try keeps no second copy. */
const capturedMailSchema = new Schema(
  {
    _id: { type: String, required: true },
    messageId: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    subject: { type: String, default: '' },
    html: { type: String, default: '' },
    text: { type: String, default: '' },
    ics: { type: String, default: null },
    /** The whole message as it would go over the wire. */
    raw: { type: String, required: true },
    at: { type: Date, required: true },
    order: { type: Number, required: true },
  },
  { ...modelOptions, collection: 'captured-mails' },
);
capturedMailSchema.index({ order: -1 });

export type CapturedMail = InferSchemaType<typeof capturedMailSchema>;
const CapturedMailModel = model('CapturedMail', capturedMailSchema);

export async function keepCapturedMail(mail: CapturedMail): Promise<void> {
  const { _id, ...rest } = mail;
  await CapturedMailModel.updateOne({ _id }, { $setOnInsert: rest }, { upsert: true });
}

/** The newest first. */
export async function listCapturedMails(limit: number): Promise<CapturedMail[]> {
  return CapturedMailModel.find().sort({ order: -1 }).limit(limit).lean();
}

export async function findCapturedMail(id: string): Promise<CapturedMail | null> {
  return CapturedMailModel.findOne({ _id: id }).lean();
}
