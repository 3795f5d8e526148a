import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

/**
 * An address that must not be written to. `undeliverable` and `complaint` hold for the whole installation
 * (`organiserId` is ''); `unsubscribed` holds for the marketing of one organiser.
 */
const suppressionSchema = new Schema(
  {
    /** `<kind> <organiserId> <email>`: an address is suppressed once for each reason. */
    _id: { type: String, required: true },
    kind: { type: String, required: true, enum: ['undeliverable', 'complaint', 'unsubscribed'] },
    organiserId: { type: String, default: '' },
    /** Lower case. */
    email: { type: String, required: true },
    /** What the other side said, without addresses: "5.1.1". */
    detail: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'suppressions' },
);
suppressionSchema.index({ email: 1, kind: 1 });

export type Suppression = InferSchemaType<typeof suppressionSchema>;
export const SuppressionModel = model('Suppression', suppressionSchema);
