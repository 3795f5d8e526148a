import { z } from 'zod';
import { longText } from './form-text.ts';

export const feedbackMarks = ['1', '2', '3', '4', '5'] as const;

const tick = z
  .literal('yes', { error: 'Tick the box or leave it' })
  .optional()
  .transform((value) => value === 'yes');

/** What somebody says about a day. Neither box is ever ticked for them. */
export const feedbackForm = z.strictObject({
  overall: z.enum(feedbackMarks, { error: 'Choose how the day was for you' }).transform(Number),
  useful: longText(1_000),
  better: longText(1_000),
  mayQuote: tick,
  withName: tick,
});
export type FeedbackForm = z.infer<typeof feedbackForm>;
