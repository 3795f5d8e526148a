import { z } from 'zod';
import { liveAuthor } from './live-chat.ts';
import { instant, liveId } from './live-text.ts';

/** queue: a moderator reads it first; visible: people vote; live: being answered; archived: put away, can be restored. */
export const questionState = z.enum(['queue', 'visible', 'live', 'answered', 'archived']);
export type QuestionState = z.infer<typeof questionState>;

export const questionMove = z.enum(['show', 'hide', 'take-live', 'answer', 'archive', 'restore']);
export type QuestionMove = z.infer<typeof questionMove>;

export const liveQuestion = z.strictObject({
  id: liveId,
  stageId: z.string().nullable(),
  sessionId: z.string().nullable(),
  text: z.string(),
  /** null: asked without a name, to moderators too. */
  author: liveAuthor.nullable(),
  askedAt: instant,
  state: questionState,
  votes: z.int().min(0),
  /** An answer in writing. */
  answer: z.strictObject({ text: z.string(), by: z.string(), at: instant }).nullable(),
  /** A speaker's id; only moderators and backstage see it, viewers get null. */
  assignedTo: z.string().nullable(),
  /** How many questions were merged into it. */
  mergedCount: z.int().min(0),
  /** A higher one replaces a lower one; votes come apart from it. */
  revision: z.int().min(1),
});
export type LiveQuestion = z.infer<typeof liveQuestion>;

export const questionVotes = z.strictObject({ id: liveId, votes: z.int().min(0) });
