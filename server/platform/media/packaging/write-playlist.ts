import { ticksPerSecond } from '../access-unit.ts';

export interface ListedPart {
  readonly ticks: number;
  readonly isIndependent: boolean;
}

export interface ListedSegment {
  readonly msn: number;
  /** ms since 1970 */
  readonly at: number;
  readonly ticks: number;
  readonly init: number;
  readonly discontinuity: boolean;
  /** How many discontinuities the run had, up to this one's own. */
  readonly discontinuities: number;
  readonly isIndependent: boolean;
  /** There is nothing to load. */
  readonly isGap: boolean;
  readonly parts: readonly ListedPart[];
}

export interface PlaylistView {
  readonly targetDuration: number;
  /** Whole segments, oldest first. */
  readonly segments: readonly ListedSegment[];
  /** The one that is being filled; only its parts are listed. */
  readonly open: ListedSegment | null;
  readonly hint: string | null;
  readonly skip: boolean;
  readonly hasEnded: boolean;
  /** The newest msn and part of the other rungs, by name. */
  readonly reports: readonly { readonly name: string; readonly msn: number; readonly part: number | null }[];
}

export const partSeconds = 0.5;
/** The last whole segments whose parts are listed, and kept. */
export const segmentsWithParts = 3;

const seconds = (ticks: number): string => (ticks / ticksPerSecond).toFixed(5);

function partLines({ msn, parts }: ListedSegment): string[] {
  return parts.map(
    ({ ticks, isIndependent }, index) =>
      `#EXT-X-PART:DURATION=${seconds(ticks)},URI="s${msn}.p${index}.m4s"${isIndependent ? ',INDEPENDENT=YES' : ''}`,
  );
}

function head(segment: ListedSegment, before: ListedSegment | null): string[] {
  const lines = segment.discontinuity ? ['#EXT-X-DISCONTINUITY'] : [];
  if (before?.init !== segment.init && !segment.isGap)
    lines.push(`#EXT-X-MAP:URI="init-${segment.init}.mp4"`);
  return [...lines, `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.at)).toISOString()}`];
}

/** How many of the oldest segments a delta update leaves out (rfc8216bis, 6.2.5.1). */
function skippable({ segments, open, targetDuration }: PlaylistView): number {
  const boundary = 6 * targetDuration * ticksPerSecond;
  let after = open ? open.parts.reduce((sum, { ticks }) => sum + ticks, 0) : 0;
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    after += segments[index]?.ticks ?? 0;
    if (after > boundary) return index;
  }
  return 0;
}

/** The text of a live playlist (draft-pantos-hls-rfc8216bis-20), or of one that has ended. */
export function writePlaylist(view: PlaylistView): string {
  const { segments, open, targetDuration, hasEnded } = view;
  const first = segments[0] ?? open;
  const listed = open ? [...segments, open] : segments;
  const skipped = view.skip ? skippable(view) : 0;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${targetDuration}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=${6 * targetDuration},PART-HOLD-BACK=${3 * partSeconds},HOLD-BACK=${3 * targetDuration}`,
    `#EXT-X-PART-INF:PART-TARGET=${partSeconds}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.msn ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${first ? first.discontinuities - Number(first.discontinuity) : 0}`,
  ];
  if (listed.every(({ isIndependent, isGap }) => isIndependent || isGap))
    lines.push('#EXT-X-INDEPENDENT-SEGMENTS');
  if (skipped > 0) lines.push(`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`);
  let before: ListedSegment | null = segments.slice(0, skipped).findLast(({ isGap }) => !isGap) ?? null;
  segments.slice(skipped).forEach((segment, offset) => {
    const index = skipped + offset;
    lines.push(...head(segment, before));
    if (index >= segments.length - segmentsWithParts && !hasEnded) lines.push(...partLines(segment));
    if (segment.isGap) lines.push('#EXT-X-GAP');
    else before = segment;
    lines.push(`#EXTINF:${seconds(segment.ticks)},`, `s${segment.msn}.m4s`);
  });
  if (open && open.parts.length > 0) lines.push(...head(open, before), ...partLines(open));
  if (view.hint) lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${view.hint}"`);
  for (const { name, msn, part } of view.reports)
    lines.push(
      `#EXT-X-RENDITION-REPORT:URI="../${name}/live.m3u8",LAST-MSN=${msn}${part === null ? '' : `,LAST-PART=${part}`}`,
    );
  if (hasEnded) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}
