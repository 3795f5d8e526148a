import { z } from 'zod';
import { instant, liveId } from './live-text.ts';

/** As whom somebody takes part in one live room, shown beside the name. */
export const participantRole = z.enum(['attendee', 'speaker', 'moderator', 'organiser', 'onlooker']);
export type ParticipantRole = z.infer<typeof participantRole>;

/** Somebody as the others see them. `id` means nothing outside this event. */
export const liveAuthor = z.strictObject({
  id: liveId,
  name: z.string(),
  organisation: z.string(),
  role: participantRole,
});
export type LiveAuthor = z.infer<typeof liveAuthor>;

/** `stage`: everybody who watches that stage; `backstage`: speakers, moderators and organisers. */
export const chatChannel = z.enum(['stage', 'backstage']);
export type ChatChannel = z.infer<typeof chatChannel>;

export const chatReaction = z.enum(['agree', 'thanks', 'love', 'laugh']);
export type ChatReaction = z.infer<typeof chatReaction>;

export const chatMessage = z.strictObject({
  id: liveId,
  channel: chatChannel,
  /** null: an event without named stages, or backstage. */
  stageId: z.string().nullable(),
  author: liveAuthor,
  text: z.string(),
  at: instant,
  /** The start of what it answers; null once that was deleted, and for what answers nothing. */
  replyTo: z.strictObject({ id: liveId, name: z.string(), excerpt: z.string() }).nullable(),
  /** Participants whose names stand in the text after an @. */
  mentions: z.array(liveId),
  reactions: z.partialRecord(chatReaction, z.int().min(0)),
  isPinned: z.boolean(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** A message that viewers reported, for moderators. */
export const chatReport = z.strictObject({
  messageId: liveId,
  count: z.int().min(1),
  /** What the last one said is wrong. */
  reason: z.string(),
});
export type ChatReport = z.infer<typeof chatReport>;
