import { z } from 'zod';
import { liveAuthor } from './live-chat.ts';
import { instant, liveId } from './live-text.ts';

export const roomReaction = z.enum(['applause', 'agree', 'useful', 'love', 'lost']);
export type RoomReaction = z.infer<typeof roomReaction>;

/** What is shown at the address for the video mixer. */
export const stageViewItem = z.strictObject({ kind: z.enum(['question', 'poll']), id: liveId });
export type StageViewItem = z.infer<typeof stageViewItem>;

/** How one event's live room is run; the word list is not here because viewers read this. */
export const roomSettings = z.strictObject({
  isChatOpen: z.boolean(),
  /** Seconds between two messages of one person; 0 is off. */
  slowModeSeconds: z.int().min(0).max(600),
  areQuestionsOpen: z.boolean(),
  /** A moderator reads every question before it shows. */
  areQuestionsModerated: z.boolean(),
  allowsAnonymousQuestions: z.boolean(),
  areReactionsOn: z.boolean(),
  allowsHandRaise: z.boolean(),
  stageView: stageViewItem.nullable(),
  revision: z.int().min(0),
});
export type RoomSettings = z.infer<typeof roomSettings>;

/** polite: read out when the reader pauses; assertive: at once. An incident stays on top until it is taken down. */
export const announcement = z.strictObject({
  id: liveId,
  kind: z.enum(['notice', 'incident']),
  urgency: z.enum(['polite', 'assertive']),
  text: z.string(),
  at: instant,
  expiresAt: instant.nullable(),
});
export type Announcement = z.infer<typeof announcement>;

export const raisedHand = z.strictObject({
  participant: liveAuthor,
  stageId: z.string().nullable(),
  at: instant,
});
export type RaisedHand = z.infer<typeof raisedHand>;

/** Somebody a moderator told to be silent, or to leave; for moderators. */
export const silencedViewer = z.strictObject({
  participant: liveAuthor,
  /** When they may speak again; null with a ban. */
  until: instant.nullable(),
  isBanned: z.boolean(),
});
export type SilencedViewer = z.infer<typeof silencedViewer>;

/** A link or file beside a session. */
export const sessionResource = z.strictObject({
  id: liveId,
  title: z.string(),
  kind: z.enum(['link', 'file']),
  /** https for a link; a path of this site for a file. */
  url: z.string(),
  /** Bytes of a file; null for a link. */
  size: z.int().nullable(),
});
export type SessionResource = z.infer<typeof sessionResource>;
