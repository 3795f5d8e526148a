import { model, Schema, type InferSchemaType } from 'mongoose';
import { campaignStates, segmentNames } from '../contracts/campaign-form.ts';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One message of an organiser to people of one event. Whether it has gone out is computed from the outbox. */
const campaignSchema = new Schema(
  {
    /** The id of the form that made it: the same form sent again makes no second one. */
    _id: text,
    organiserId: text,
    eventId: text,
    subject: text,
    /** Markdown. */
    message: text,
    segment: { type: String, required: true, enum: segmentNames },
    /** The purpose that was consented to; null unless the segment is `consented`. */
    consentId: { type: String, default: null },
    /** Sent at once to everybody, with the way into the live room. */
    isUrgent: { type: Boolean, default: false },
    state: { type: String, required: true, enum: campaignStates },
    /** How many people it was confirmed to go to. */
    people: { type: Number, default: null },
    plannedFor: { type: Date, default: null },
    /** When it was confirmed to go out: an event that was called off since is another one. */
    confirmedAt: { type: Date, default: null },
    /** When the first page of people was addressed: a campaign is addressed once. */
    addressedAt: { type: Date, default: null },
    /** When the last page was. */
    allAddressedAt: { type: Date, default: null },
    stoppedAt: { type: Date, default: null },
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'campaigns' },
);
campaignSchema.index({ eventId: 1, createdAt: -1 });

export type Campaign = InferSchemaType<typeof campaignSchema>;
export const CampaignModel = model('Campaign', campaignSchema);
