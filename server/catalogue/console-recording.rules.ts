import { showDate, showTimeOfDay } from '../platform/time/show-time.ts';
import type { RecordedPart, RecordingUse, Span } from '../replays/recording-use.rules.ts';
import { lengthInWords, sizeInWords } from '../replays/replay.rules.ts';

interface Told {
  readonly zone: string;
  /** Titles of sessions by id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Why it cannot be erased, in a sentence; null: it can. */
export function obstacleInWords(uses: readonly RecordingUse[], isGoingOn: boolean): string | null {
  if (isGoingOn || uses.some(({ hold }) => hold === 'goes-on')) return 'It is still being recorded.';
  if (uses.some(({ hold }) => hold === 'published'))
    return 'A published replay shows it. Take the replay back first.';
  return null;
}

export const useInWords = ({ sessionId, hold }: RecordingUse, { titles }: Told): string => {
  const title = titles.get(sessionId) ?? 'A session that is gone';
  return hold === 'published' ? `${title} (published)` : title;
};

/** "17 November 2026, 11:14 to 11:58" */
export const spanInWords = ({ from, to }: Span, zone: string): string =>
  `${showDate(new Date(from), zone)}, ${showTimeOfDay(new Date(from), zone)} to ${showTimeOfDay(new Date(to), zone)}`;

/** "44 min, 1.2 GB" */
export const measureInWords = (
  measured: { readonly bytes: number; readonly durationMs: number } | null,
): string =>
  measured
    ? `${lengthInWords(measured.durationMs)}, ${sizeInWords(measured.bytes)}`
    : 'Its size is not known: the streaming process does not answer';

/** One line of the page. */
export function recordingRow(
  part: RecordedPart & { readonly streamId: string; readonly isGoingOn: boolean },
  measured: { readonly bytes: number; readonly durationMs: number } | null,
  told: Told & { readonly stage: string; readonly path: string },
) {
  const { streamId, from, to, uses } = part;
  return {
    when: spanInWords(part, told.zone),
    stage: told.stage,
    size: measureInWords(measured),
    usedBy: uses.map((use) => useInWords(use, told)),
    obstacle: obstacleInWords(uses, part.isGoingOn),
    erasePath: `${told.path}/erase?stream=${streamId}&from=${from}&to=${to}`,
  };
}
