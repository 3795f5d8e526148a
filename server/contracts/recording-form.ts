import { z } from 'zod';

/** How long what no replay uses is kept where nobody chose; also of events from before there was a choice. */
export const usualRecordingDays = 90;
/** Fewer days are refused, and nothing younger goes by itself: replays of last week may still be cut. */
export const fewestRecordingDays = 7;
const mostDays = 3_650;
const sentence = `Enter a whole number from ${fewestRecordingDays} to ${mostDays}, or leave it empty`;

/** How many days recordings are kept that no replay uses; empty: until somebody erases them. */
export const recordingDaysForm = z.strictObject({
  days: z
    .string({ error: sentence })
    .trim()
    .regex(/^\d{0,4}$/, { error: sentence })
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((days) => days === null || (days >= fewestRecordingDays && days <= mostDays), {
      error: sentence,
    }),
});

const id = z.string().regex(/^[\w-]{1,64}$/);
const instant = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** Which stretch, as the address of its page says it. */
export const recordingPart = z
  .object({ stream: id, from: instant, to: instant })
  .refine(({ from, to }) => from < to);

/** Which stretch goes, and the replays that the person was told of. */
export const eraseRecordingForm = z.strictObject({
  stream: id,
  from: instant,
  to: instant,
  replays: z
    .string()
    .max(10_000)
    .transform((text) => text.split(',').filter((one) => one !== ''))
    .pipe(z.array(id)),
});
