import { z } from 'zod';

/** What the page for the video mixer shows. Nothing in it says who voted for what, or who asked without a name. */
export const stageViewShown = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({
    kind: z.literal('question'),
    text: z.string(),
    /** null: asked without a name. */
    by: z.strictObject({ name: z.string(), organisation: z.string() }).nullable(),
    votes: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('poll'),
    question: z.string(),
    isOpen: z.boolean(),
    voters: z.int().min(0),
    /** In the order of the options; words with the commonest first, at most ten. */
    rows: z.array(z.strictObject({ text: z.string(), votes: z.int().min(0) })),
  }),
]);
export type StageViewShown = z.infer<typeof stageViewShown>;

/** What stands behind the words: paper, ink, nothing at all, or green for a mixer that keys it out. */
export const stageViewBackground = z.enum(['plain', 'dark', 'transparent', 'green']).catch('plain');
export type StageViewBackground = z.infer<typeof stageViewBackground>;
