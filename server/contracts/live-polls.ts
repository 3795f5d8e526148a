import { z } from 'zod';
import { instant, liveId } from './live-text.ts';

/** rating: 1 to 5 as options '1' to '5'; word: one short answer of one's own. */
export const pollKind = z.enum(['single', 'multiple', 'rating', 'word']);
export type PollKind = z.infer<typeof pollKind>;
export const pollState = z.enum(['draft', 'open', 'closed']);
export type PollState = z.infer<typeof pollState>;
/** Who sees the result when: everybody at once, who has voted, everybody once it is closed, or organisers only. */
export const pollResults = z.enum(['live', 'after-voting', 'after-closing', 'organisers']);
export type PollResults = z.infer<typeof pollResults>;

export const pollTally = z.strictObject({
  voters: z.int().min(0),
  counts: z.array(z.strictObject({ optionId: z.string(), votes: z.int().min(0) })),
  /** Word answers folded together, the commonest first, at most 50. */
  words: z.array(z.strictObject({ word: z.string(), votes: z.int().min(1) })),
});
export type PollTally = z.infer<typeof pollTally>;

export const livePoll = z.strictObject({
  id: liveId,
  stageId: z.string().nullable(),
  kind: pollKind,
  question: z.string(),
  options: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  state: pollState,
  results: pollResults,
  openedAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** When it closes by itself. */
  closesAt: instant.nullable(),
  /** null where the reader may not see it; moderators always may. */
  tally: pollTally.nullable(),
  revision: z.int().min(1),
});
export type LivePoll = z.infer<typeof livePoll>;

/** `word` for a word poll, otherwise chosen options: one, or any number for `multiple`. */
export const pollChoice = z.strictObject({
  optionIds: z.array(z.string().max(64)).max(20),
  word: z.string().max(60).nullable(),
});
export type PollChoice = z.infer<typeof pollChoice>;
