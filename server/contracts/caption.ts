import { z } from 'zod';
import { instant, liveId } from './live-text.ts';
import { oneLine } from './form-text.ts';

/** Characters of one caption: about three lines of a screen. */
export const longestCaption = 300;

/** One caption of a stage, at the wall-clock times of what was said (programme date-time of the stream). */
export const saidCaption = z.strictObject({
  id: liveId,
  stageId: liveId,
  from: instant,
  to: instant,
  text: z.string().max(longestCaption),
});
export type SaidCaption = z.infer<typeof saidCaption>;

/** Text that may be shown as a caption: one line, no markup that a player would read as such. */
export const captionText = z
  .string()
  .max(4_000)
  .transform(oneLine)
  .refine((text) => text.length > 0, { error: 'Enter what was said' })
  .refine((text) => [...text].length <= longestCaption, {
    error: `Use ${longestCaption} characters or fewer`,
  });

/** POST /api/v1/captions as JSON. `from` and `to` in ms since 1970; without them: just now. */
export const postedCaptions = z.strictObject({
  captions: z
    .array(
      z.strictObject({
        text: captionText,
        from: z.int().min(0).optional(),
        to: z.int().min(0).optional(),
      }),
    )
    .min(1)
    .max(50),
});
export type PostedCaptions = z.infer<typeof postedCaptions>;
