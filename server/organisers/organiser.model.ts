import { model, Schema, type InferSchemaType } from 'mongoose';
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

export type Organiser = InferSchemaType<typeof organiserSchema>;
export const OrganiserModel = model('Organiser', organiserSchema);
