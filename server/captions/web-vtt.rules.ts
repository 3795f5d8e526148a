/** One caption; times in ms from wherever its list begins. `text` holds lines, plain, without markup. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Bytes of a file, or of what is typed into the editor: ten hours of talk. */
export const largestVtt = 1_000_000;
const mostCues = 20_000;
const longestText = 500;
const longestMs = 24 * 3_600_000;

export type ReadCues =
  { readonly ok: true; readonly cues: readonly Cue[] } | { readonly ok: false; readonly message: string };

/** Bytes of a file as text; null when they are no UTF-8 (a file saved as UTF-16 or in a Windows code page). */
export function decodeVtt(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

const timing =
  /^((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3})(?:[ \t].*)?$/;

/**
 * Reads WebVTT (www.w3.org/TR/webvtt1) and keeps times and plain text only: positions, styles, regions, notes and tags
 * go, so nothing of it can run or be fetched. What was typed by hand may lack the first line that a file must have.
 */
export function readVtt(text: string, { isTyped = false }: { isTyped?: boolean } = {}): ReadCues {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const hasHeader = /^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '');
  if (!hasHeader && !isTyped) return refused('The file must begin with the line WEBVTT');
  const cues: Cue[] = [];
  let index = hasHeader ? endOfBlock(lines, 0) : 0;
  while (index < lines.length) {
    const end = endOfBlock(lines, index);
    const block = lines.slice(index, end);
    const at = block.findIndex((line) => line.includes('-->'));
    const isOther = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(block[0] ?? '');
    if (at >= 0 && !isOther) {
      const read = readCue(block.slice(at), index + at + 1, cues.at(-1));
      if (typeof read === 'string') return refused(read);
      if (read.text !== '') cues.push(read);
      if (cues.length > mostCues) return refused(`Use ${mostCues.toLocaleString('en-GB')} captions or fewer`);
    } else if (!isOther && block.some((line) => line.trim() !== ''))
      return refused(`Line ${index + 1}: captions need a line of times before them, 00:01.000 --> 00:04.000`);
    index = end + 1;
  }
  return { ok: true, cues };
}

const refused = (message: string) => ({ ok: false, message }) as const;

function endOfBlock(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length && lines[end]?.trim() !== '') end += 1;
  return end;
}

/** The cue, or a sentence about what is wrong with it. */
function readCue(block: readonly string[], line: number, before: Cue | undefined): Cue | string {
  const [, start, end] = timing.exec(block[0]?.trim() ?? '') ?? [];
  const from = readTime(start);
  const to = readTime(end);
  if (from === null || to === null)
    return `Line ${line}: write the times as 00:01.000 --> 00:04.000, or 01:00:01.000 past the hour`;
  if (to <= from) return `Line ${line}: the caption ends before it begins`;
  if (to > longestMs) return `Line ${line}: the caption lies more than a day after the beginning`;
  if (before && from < before.from) return `Line ${line}: the caption begins before the one above it`;
  if (block.slice(1).some((text) => text.includes('-->')))
    return `Line ${line}: leave an empty line between captions`;
  const text = plainText(block.slice(1));
  if ([...text].length > longestText) return `Line ${line}: use ${longestText} characters or fewer a caption`;
  return { from, to, text };
}

function readTime(text: string | undefined): number | null {
  const [, hours = '0', minutes, seconds, ms] =
    /^(?:(\d+):)?(\d+):(\d{2})[.,](\d{3})$/.exec(text ?? '') ?? [];
  if (minutes === undefined || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(ms);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/** Without tags, and without anything that a caption cannot show. Tags first: what was escaped is text, never a tag. */
function plainText(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .replace(/<[^<>]*>/g, '')
        .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}

/** "01:02:03.004" */
export function showCueTime(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const whole = Math.max(0, Math.round(ms));
  const rest = String(whole % 1_000).padStart(3, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1_000) % 60)}.${rest}`;
}

const timesOf = (cue: Cue) => `${showCueTime(cue.from)} --> ${showCueTime(cue.to)}`;
const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A WebVTT file. */
export const writeVtt = (cues: readonly Cue[]): string =>
  ['WEBVTT', ...cues.map((cue) => `${timesOf(cue)}\n${escapeText(cue.text)}`)].join('\n\n') + '\n';

/** The same for people to edit: no first line. `readVtt` reads it back as it was. */
export const writeCuesToEdit = (cues: readonly Cue[]): string =>
  cues.map((cue) => `${timesOf(cue)}\n${escapeText(cue.text)}`).join('\n\n');

/** Those cues of a list that lie within `length` ms from `offset`, counted from there. */
export function cutCues(cues: readonly Cue[], offset: number, length: number): Cue[] {
  return cues.flatMap((cue) => {
    const from = Math.max(0, cue.from - offset);
    const to = Math.min(length, cue.to - offset);
    return to > from ? [{ from, to, text: cue.text }] : [];
  });
}
