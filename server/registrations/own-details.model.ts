import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/** What a person who signs in wants the next form to say already. */
const ownDetailsSchema = new Schema(
  {
    /** The address, in lower case. */
    _id: { type: String, required: true },
    name: { type: String, required: true },
    organisation: { type: String, default: '' },
    jobTitle: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'own-details' },
);

export type OwnDetails = InferSchemaType<typeof ownDetailsSchema>;
export const OwnDetailsModel = model('OwnDetails', ownDetailsSchema);
