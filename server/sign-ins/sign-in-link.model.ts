import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** One emailed link and its code. Good once, for ten minutes; kept a day, because tries are counted over a day. */
const signInLinkSchema = new Schema(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    tokenHash: { type: String, required: true, unique: true },
    /** Keyed, because six digits under a plain hash are found in a moment. */
    codeHash: { type: String, required: true },
    /** Of the cookie of the browser that asked. */
    deviceHash: { type: String, required: true },
    next: { type: String, default: null },
    codeTries: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'sign-in-links' },
);
signInLinkSchema.index({ email: 1, createdAt: -1 });
signInLinkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 24 * 3600 });

export type SignInLink = InferSchemaType<typeof signInLinkSchema>;
export const SignInLinkModel = model('SignInLink', signInLinkSchema);
