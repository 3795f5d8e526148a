import { model, Schema, type InferSchemaType } from 'mongoose';
import { memberRoles } from '../contracts/actor.ts';
import { modelOptions } from '../platform/database/model-options.ts';

/** A person in an organiser. One address belongs to one organiser, so signing in needs no choice. */
const memberSchema = new Schema(
  {
    _id: { type: String, required: true },
    organiserId: { type: String, required: true },
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    role: { type: String, required: true, enum: memberRoles },
    /** Encrypted; null until the person has enrolled an authenticator. */
    totpSecret: { type: String, default: null },
    /** Step of the last code that was accepted: a code is good once (RFC 6238, 5.2). */
    totpLastStep: { type: Number, default: 0 },
    recoveryCodeHashes: { type: [String], default: [] },
    /** Codes tried since the count began; it begins again at `secondFactorTriesEndAt` and after a right one. */
    secondFactorTries: { type: Number, default: 0 },
    secondFactorTriesEndAt: { type: Date, default: new Date(0) },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'members' },
);
memberSchema.index({ organiserId: 1 });

export type Member = InferSchemaType<typeof memberSchema>;
export const MemberModel = model('Member', memberSchema);
