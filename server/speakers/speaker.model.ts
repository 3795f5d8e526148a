import { model, Schema, type InferSchemaType } from 'mongoose';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const speakerSchema = new Schema(
  {
    _id: { type: String, required: true },
    organiserId: { type: String, required: true },
    slug: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    sortName: { type: String, required: true },
    pronouns: { type: String, default: '' },
    jobTitle: { type: String, default: '' },
    organisation: { type: String, default: '' },
    /** Never shown: where calendar invites go; '' when nobody has said. Lower case. */
    email: { type: String, default: '' },
    /** One sentence, beside the portrait of who leads the page. */
    note: { type: String, default: '' },
    /** Markdown. */
    biography: { type: String, default: '' },
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'speakers' },
);
speakerSchema.index({ organiserId: 1, sortName: 1 });
speakerSchema.index({ email: 1 });
speakerSchema.plugin(countChanges);

export type Speaker = InferSchemaType<typeof speakerSchema>;
export const SpeakerModel = model('Speaker', speakerSchema);
