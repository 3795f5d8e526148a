import { model, Schema, type InferSchemaType } from 'mongoose';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const organiserSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    slug: { type: String, required: true, unique: true },
    contactEmail: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'organisers' },
);
organiserSchema.plugin(countChanges);

export type Organiser = InferSchemaType<typeof organiserSchema>;
export const OrganiserModel = model('Organiser', organiserSchema);
