import { z } from 'zod';
import { instant, liveId } from './live-text.ts';
import { longText, oneLine, requiredText } from './form-text.ts';

/** Characters of one caption: about three lines of a screen. */
export const longestCaption = 300;

/** One caption of a stage, at the wall-clock times of what was said (programme date-time of the stream). */
export const saidCaption = z.strictObject({
  id: liveId,
  /** null: the one place of an event without stages. */
  stageId: z.string().nullable(),
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
        /** Made by the sender, so that a line sent twice is one caption. */
        id: z
          .string()
          .regex(/^[\w-]{8,48}$/)
          .optional(),
        text: captionText,
        from: z.int().min(0).optional(),
        to: z.int().min(0).optional(),
      }),
    )
    .min(1)
    .max(50),
});
export type PostedCaptions = z.infer<typeof postedCaptions>;

/** The captioner's form without script: a caption a line. */
export const captionForm = z.strictObject({
  text: longText(4_000).refine((text) => text.length > 0, { error: 'Enter what was said' }),
});

/** First data of the island `captioner`. */
export interface CaptionerStart {
  readonly token: string;
  readonly sendPath: string;
  /** Characters of one caption. */
  readonly longest: number;
  /** The last captions, the newest at the end. `at`: "10:14". */
  readonly said: readonly { readonly id: string; readonly at: string; readonly text: string }[];
}

/** A link for one captioner, made in the console. `stage`: the stage's id, or '' where there are none. */
export const captionerLinkForm = z.strictObject({
  name: requiredText('who will write the captions', 80),
  stage: z.string({ error: 'Choose a stage' }).max(64).default(''),
});
