import type { PostedCaptions } from '../contracts/caption.ts';

/** How far from now a caption may say it was: an encoder's clock and ours differ, and a network may have been away. */
const mostBehindMs = 12 * 3_600_000;
const mostAheadMs = 10_000;
const longestShownMs = 60_000;

export interface TimedText {
  readonly text: string;
  readonly from: Date;
  readonly to: Date;
}

/** Who types says nothing of times: then a caption stood as long as saying it takes, up to now. */
const spokenMs = (text: string) => Math.min(7_000, Math.max(1_000, [...text].length * 65));

/** The captions with their times, or a sentence about the first that cannot be. */
export function timeCaptions(
  captions: PostedCaptions['captions'],
  now: Date,
): { ok: true; captions: readonly TimedText[] } | { ok: false; index: number; message: string } {
  const at = now.getTime();
  const timed: TimedText[] = [];
  for (const [index, { text, from, to }] of captions.entries()) {
    const end = to ?? (from === undefined ? at : from + spokenMs(text));
    const start = from ?? end - spokenMs(text);
    const refuse = (message: string) => ({ ok: false as const, index, message });
    if (end <= start) return refuse('It ends before it begins');
    if (end - start > longestShownMs) return refuse('It is shown for longer than a minute');
    if (start < at - mostBehindMs) return refuse('It was said more than twelve hours ago');
    if (end > at + mostAheadMs + longestShownMs || start > at + mostAheadMs)
      return refuse('It has not been said yet: send times in milliseconds since 1970');
    timed.push({ text, from: new Date(start), to: new Date(end) });
  }
  return { ok: true, captions: timed };
}

/** A text as people type or paste it: one caption a line, long lines cut between words. */
export function linesToCaptions(text: string, longest: number): string[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => {
    const parts: string[] = [];
    let part = '';
    for (const word of line.trim().split(/\s+/)) {
      const longer = part === '' ? word : `${part} ${word}`;
      if ([...longer].length <= longest) part = longer;
      else {
        if (part) parts.push(part);
        part = [...word].slice(0, longest).join('');
      }
    }
    return part ? [...parts, part] : parts;
  });
}

/** The address is shown once; what is stored of it opens nothing. */
export const pathOfCaptioner = (token: string): string => `/captioner/${token}`;
