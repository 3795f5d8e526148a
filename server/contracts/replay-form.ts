import { z } from 'zod';
import { longText, oneLine } from './form-text.ts';
import { revisionField } from './revision-field.ts';

export const replayVisibility = z.enum(['registered', 'everyone', 'hidden'], {
  error: 'Choose who may watch it',
});
export type ReplayVisibility = z.infer<typeof replayVisibility>;

export const mostChapters = 100;
const longestTitle = 120;
/** Bytes of a film that is put in a recording's place. */
export const largestFilm = 2 * 1024 * 1024 * 1024;

/** "4:05" or "1:04:05" in ms; null when it is no position. */
export function readClock(text: string): number | null {
  const [, hours = '0', minutes, seconds] = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(text.trim()) ?? [];
  if (minutes === undefined || Number(seconds) > 59) return null;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

const clockField = z
  .string({ error: 'Write it as minutes:seconds, such as 1:30' })
  .transform((text) => (text.trim() === '' ? 0 : readClock(text)))
  .refine((ms) => ms !== null, { error: 'Write it as minutes:seconds, such as 1:30' });

/** A chapter a line: "4:12 The pilot that lied to us". */
const chaptersField = longText(20_000).transform((text, context) => {
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  const chapters: { at: number; title: string }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, position = '', name = ''] = /^(\S+)\s+(.+)$/.exec(line.trim()) ?? [];
    const at = readClock(position);
    const title = oneLine(name);
    if (at === null || title === '') {
      complain(`Line ${index + 1}: write the time and then the title, such as 4:12 The pilot`);
      return z.NEVER;
    }
    if ([...title].length > longestTitle) {
      complain(`Line ${index + 1}: use ${longestTitle} characters or fewer`);
      return z.NEVER;
    }
    if (at <= (chapters.at(-1)?.at ?? -1)) {
      complain(`Line ${index + 1}: chapters come in order of time`);
      return z.NEVER;
    }
    chapters.push({ at, title });
  }
  if (chapters.length > mostChapters) complain(`Use ${mostChapters} chapters or fewer`);
  return chapters;
});

export const publishReplayForm = z.strictObject({
  visibility: replayVisibility,
  published: z.literal('yes').optional(),
  downloadable: z.literal('yes').optional(),
  revision: revisionField,
});

/** Where it begins and ends, counted from the ends of the recording, and its chapters, counted from what is seen. */
export const cutReplayForm = z.strictObject({
  trimStart: clockField,
  trimEnd: clockField,
  chapters: chaptersField,
  revision: revisionField,
});

export const replayCaptionsForm = z.strictObject({ cues: z.string().default(''), revision: revisionField });
export const replayRevisionForm = z.strictObject({ revision: revisionField });
