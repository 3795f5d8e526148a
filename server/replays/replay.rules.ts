import { cutCues, type Cue } from '../captions/web-vtt.rules.ts';
import type { ReplayChapter, ReplayCue } from '../contracts/replay.ts';

interface Hole {
  readonly from: number;
  readonly to: number;
}

/** The parts of a replay that say which stretch of the recording it is. */
export interface Stretch {
  readonly from: Date;
  readonly to?: Date | null;
  readonly trimStart: number;
  readonly trimEnd: number;
  readonly upload?: { readonly durationMs: number } | null;
  /** ms from the beginning of the session. */
  readonly holes?: readonly Hole[];
}

interface StoredChapter {
  readonly at: number;
  readonly title: string;
}

/** What pages tell of a replay. */
export interface ToldReplay extends Stretch {
  readonly _id: string;
  readonly status: 'recording' | 'ready' | 'none';
  readonly visibility: 'registered' | 'everyone' | 'hidden';
  readonly publishedAt?: Date | null;
  readonly erasedAt?: Date | null;
  readonly isDownloadable: boolean;
  readonly chapters: readonly StoredChapter[];
  readonly cues?: readonly object[] | null;
  readonly fileStatus: 'none' | 'asked' | 'ready' | 'failed';
  readonly fileId?: string | null;
  readonly fileBytes: number;
  readonly upload?: { readonly durationMs: number; readonly bytes: number } | null;
  readonly revision: number;
}

/** ms since 1970 of what is watched; null while the session runs. */
export function watchedRange({ from, to, trimStart, trimEnd }: Stretch): { from: number; to: number } | null {
  if (!to) return null;
  const begin = from.getTime() + trimStart;
  return { from: begin, to: Math.max(begin, to.getTime() - trimEnd) };
}

/** How much of what is watched was not recorded, up to a moment in ms from the beginning of the session. */
function missedBefore(
  { holes = [], trimStart }: Pick<Stretch, 'holes' | 'trimStart'>,
  moment: number,
): number {
  const missed = holes.map(({ from, to }) => Math.min(to, moment) - Math.max(from, trimStart));
  return missed.reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

/** What was said at moments of the session, moved to where it is in a picture that has no pauses. */
export const withoutHoles = (replay: Stretch, cues: readonly Cue[]): Cue[] =>
  cues.map(({ from, to, text }) => ({
    from: from - missedBefore(replay, from),
    to: to - missedBefore(replay, to),
    text,
  }));

/** How long it plays, in ms. */
export function lengthOfReplay(replay: Stretch): number {
  if (replay.upload) return replay.upload.durationMs;
  const range = watchedRange(replay);
  if (!range) return 0;
  const length = range.to - range.from;
  return length - missedBefore(replay, replay.trimStart + length);
}

/** An uploaded film begins where it begins; trims are of the recording. */
const offsetOf = (replay: Stretch) => (replay.upload ? 0 : replay.trimStart);

/** Captions as they are seen: counted from the first picture that is shown. */
export const shownCues = (replay: Stretch, cues: readonly Cue[]): Cue[] =>
  cutCues(cues, offsetOf(replay), lengthOfReplay(replay));

/** What is stored of captions that were written against what is seen. */
export const storedCues = (replay: Stretch, cues: readonly Cue[]): Cue[] =>
  cues.map(({ from, to, text }) => ({ from: from + offsetOf(replay), to: to + offsetOf(replay), text }));

export const inSeconds = (cues: readonly Cue[]): ReplayCue[] =>
  cues.map(({ from, to, text }) => ({ startsAt: from / 1_000, endsAt: to / 1_000, text }));

/** Chapters as they are seen; one that began in what was trimmed away begins with the picture. */
export function shownChapters(replay: Stretch, chapters: readonly StoredChapter[]): ReplayChapter[] {
  const length = lengthOfReplay(replay);
  const moved = chapters.map(({ at, title }) => ({ at: at - offsetOf(replay), title }));
  const begun = moved.filter(({ at }) => at <= 0).at(-1);
  const later = moved.filter(({ at }) => at > 0 && at < length);
  return [...(begun ? [{ ...begun, at: 0 }] : []), ...later].map(({ at, title }) => ({
    startsAt: at / 1_000,
    title,
  }));
}

/** "4:05", "1:04:05" */
export function showPosition(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** What `?t=` asks for: seconds, or a position as it is written; null when it is neither. */
export function readPosition(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const [, hours = '0', minutes = '0', seconds] =
    /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6})(?:\.\d+)?$/.exec(text) ?? [];
  return seconds === undefined ? null : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** "41 min", "1 h 4 min" */
export function lengthInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** "350 MB", "1.4 GB" */
export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000_000 ? `${Math.ceil(bytes / 1_000_000)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`;

type Shown = Stretch & Pick<ToldReplay, 'publishedAt' | 'visibility' | 'status'>;

/** Somebody who has a path to it from before could see with it what they may not see any more. */
export function isTakenBack(before: Shown, after: Shown): boolean {
  const [was, is] = [watchedRange(before), watchedRange(after)];
  const isCut = was !== null && is !== null && (is.from > was.from || is.to < was.to);
  const isNarrowed = before.visibility === 'everyone' && after.visibility !== 'everyone';
  return (
    isCut || (!before.upload && Boolean(after.upload)) || (isOut(before) && (isNarrowed || !isOut(after)))
  );
}

/** There is a picture to watch. */
export const isWatchable = ({
  status,
  upload,
}: Pick<ToldReplay, 'status'> & { readonly upload?: object | null }): boolean =>
  status === 'ready' || Boolean(upload);

/** There was a picture, and whoever kept its address may know why there is none. */
export const isErased = (replay: Pick<ToldReplay, 'erasedAt'> & Parameters<typeof isWatchable>[0]): boolean =>
  Boolean(replay.erasedAt) && !isWatchable(replay);

/** People other than the organiser may know of it. */
export const isOut = (
  replay: Pick<ToldReplay, 'publishedAt' | 'visibility'> & Parameters<typeof isWatchable>[0],
): boolean => Boolean(replay.publishedAt) && replay.visibility !== 'hidden' && isWatchable(replay);
