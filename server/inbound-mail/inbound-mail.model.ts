import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';
import { ignoreReasons } from './inbound-mail.rules.ts';

/** A mail that came in. What it said is gone once it is read; that it came is forgotten after a month. */
const inboundMailSchema = new Schema(
  {
    /** SHA-256 of its bytes, so that the same mail is one however often it is brought. */
    _id: { type: String, required: true },
    raw: { type: Buffer, default: null },
    /** Where it lies in the mailbox, `<uidvalidity>:<uid>`; none when it was handed over by HTTP. */
    mailboxKeys: { type: [String], default: [] },
    state: { type: String, required: true, enum: ['received', 'read', 'ignored'] },
    reason: { type: String, default: null, enum: [...ignoreReasons, null] },
    /** The address of ours whose server could not take a mail for now (4.x.x); such reports are counted. */
    softBounceOf: { type: String, default: null },
    receivedAt: { type: Date, required: true },
    readAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'inbound-mail' },
);
inboundMailSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });
inboundMailSchema.index({ mailboxKeys: 1 });
inboundMailSchema.index({ softBounceOf: 1, receivedAt: 1 });

export type InboundMail = InferSchemaType<typeof inboundMailSchema>;
export const InboundMailModel = model('InboundMail', inboundMailSchema);
