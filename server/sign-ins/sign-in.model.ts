import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

export const signInKinds = ['attendee', 'member', 'member-pending', 'join', 'manage'] as const;
export type SignInKind = (typeof signInKinds)[number];

/** A browser that may act for somebody. `member-pending` has not given the second factor and may do nothing. */
const signInSchema = new Schema(
  {
    _id: { type: String, required: true },
    tokenHash: { type: String, required: true, unique: true },
    kind: { type: String, required: true, enum: signInKinds },
    /** Whose it is; null for passes, which belong to a registration. */
    email: { type: String, default: null },
    memberId: { type: String, default: null },
    registrationId: { type: String, default: null },
    eventId: { type: String, default: null },
    /** "Firefox on Windows". */
    device: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    idleExpiresAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  { ...modelOptions, collection: 'sign-ins' },
);
signInSchema.index({ email: 1, createdAt: -1 });
signInSchema.index({ registrationId: 1, kind: 1 });
signInSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 });

export type SignIn = InferSchemaType<typeof signInSchema>;
export const SignInModel = model('SignIn', signInSchema);
