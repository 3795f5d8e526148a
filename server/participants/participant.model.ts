import { model, Schema, type InferSchemaType } from 'mongoose';
import { modelOptions } from '../platform/database/model-options.ts';

const text = { type: String, required: true } as const;

/** One person's part in one event's live room: as whom the others see them, and what moderators decided about them. */
const participantSchema = new Schema(
  {
    _id: text,
    eventId: text,
    organiserId: text,
    /** `member:<id>`, `speaker:<id>` or `registration:<id>`: one person is one participant on all devices. */
    key: text,
    registrationId: { type: String, default: null },
    memberId: { type: String, default: null },
    speakerId: { type: String, default: null },
    name: text,
    organisation: { type: String, default: '' },
    /** The folded name, for mentions; folded words of name and organisation, for "who is here". */
    searchName: { type: String, default: '' },
    searchWords: { type: [String], default: [] },
    role: {
      type: String,
      required: true,
      enum: ['attendee', 'speaker', 'moderator', 'organiser', 'onlooker'],
    },
    silencedUntil: { type: Date, default: null },
    bannedAt: { type: Date, default: null },
    raisedHandAt: { type: Date, default: null },
    handStageId: { type: String, default: null },
    /** When this person last wrote in the chat: slow mode is held by the write that sets it. */
    lastPostAt: { type: Date, default: null },
    lastSeenAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'participants' },
);
participantSchema.index({ eventId: 1, key: 1 }, { unique: true });
participantSchema.index({ eventId: 1, searchName: 1 });
participantSchema.index({ eventId: 1, searchWords: 1 });
participantSchema.index({ registrationId: 1 });
participantSchema.index({ memberId: 1 });
participantSchema.index({ speakerId: 1 });

export type Participant = InferSchemaType<typeof participantSchema>;
export const ParticipantModel = model('Participant', participantSchema);
