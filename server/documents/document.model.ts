import { model, Schema, type InferSchemaType } from 'mongoose';
import { siteDocumentNames } from '../contracts/document-form.ts';
import { countChanges } from '../platform/database/count-changes.ts';
import { modelOptions } from '../platform/database/model-options.ts';

/** A page of the site that somebody has edited; until then the one that came with the product is shown. */
const documentSchema = new Schema(
  {
    _id: { type: String, required: true, enum: siteDocumentNames },
    markdown: { type: String, required: true },
    revision: { type: Number, required: true },
    editedAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'documents' },
);
documentSchema.plugin(countChanges);

export type SiteDocument = InferSchemaType<typeof documentSchema>;
export const DocumentModel = model('Document', documentSchema);
