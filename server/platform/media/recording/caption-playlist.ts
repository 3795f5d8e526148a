import { sourceRung } from '../packaging/resume-run.ts';
import type { SegmentLine } from '../packaging/segment-store.ts';
import { readFragments } from './read-fragments.ts';
import type { Stretch } from './replay-playlists.ts';
import type { ReadKept } from './write-mp4.ts';

/** About a minute of segments: a player fetches ahead by whole pieces. */
const longest = 30;
/** What the tag of RFC 8216, 3.5 has room for. */
const wrap = 2 ** 33;

interface Piece {
  /** After another run, or where the picture's clock began anew. */
  readonly isApart: boolean;
  readonly at: number;
  /** ms from the first picture that is shown; less than 0 in what the first segment has before it. */
  readonly from: number;
  readonly ms: number;
  /** 90 kHz, as the picture's segments count; null: nobody can say, and nothing is shown. */
  readonly ticks: number | null;
}

/** Cuts captions where the picture is cut, so that each piece lies on one clock. */
export async function cutCaptions(
  stretches: readonly Stretch[],
  from: number,
  read: ReadKept,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let position = Math.min(0, (stretches[0]?.segments[0]?.at ?? from) - from);
  for (const [stretchIndex, { run, segments }] of stretches.entries()) {
    let clock: number | null = null;
    for (let index = 0; index < segments.length;) {
      const first = segments[index] as SegmentLine;
      const isApart = index === 0 ? stretchIndex > 0 : beginsAnew(segments, index);
      if (index === 0 || isApart) clock = firstTicks(await read(run.folder, sourceRung, `s${first.msn}.m4s`));
      let ticks = 0;
      let count = 0;
      do {
        ticks += segments[index]?.ticks ?? 0;
        index += 1;
        count += 1;
      } while (index < segments.length && count < longest && !beginsAnew(segments, index));
      pieces.push({ isApart, at: first.at, from: position, ms: ticks / 90, ticks: clock });
      position += ticks / 90;
      if (clock !== null) clock += ticks;
    }
  }
  return pieces;
}

const beginsAnew = (segments: readonly SegmentLine[], index: number): boolean =>
  Boolean(segments[index]?.discontinuity) || segments[index - 1]?.msn !== (segments[index]?.msn ?? 0) - 1;

function firstTicks(segment: Buffer | null): number | null {
  const first = segment && readFragments(segment).find(({ kind }) => kind === 'video');
  return first ? first.dts + first.offset : null;
}

/** A list of captions beside those of the picture. Whoever keeps the captions answers below `base`. */
export function writeCaptionPlaylist(pieces: readonly Piece[], base: string): string {
  const target = Math.max(1, ...pieces.map(({ ms }) => Math.round(ms / 1_000)));
  const lines = pieces.flatMap(({ isApart, at, from, ms, ticks }) => [
    ...(isApart ? ['#EXT-X-DISCONTINUITY'] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(at)).toISOString()}`,
    ...(ticks === null ? ['#EXT-X-GAP'] : []),
    `#EXTINF:${(ms / 1_000).toFixed(5)},`,
    `${base}/${Math.round(from)}_${Math.round(ms)}_${(ticks ?? 0) % wrap}.vtt`,
  ]);
  return [
    ...['#EXTM3U', '#EXT-X-VERSION:8', '#EXT-X-PLAYLIST-TYPE:VOD'],
    ...[`#EXT-X-TARGETDURATION:${target}`, '#EXT-X-MEDIA-SEQUENCE:0'],
    ...lines,
    ...['#EXT-X-ENDLIST', ''],
  ].join('\n');
}

/**
 * Names captions beside every rung. Never chosen by itself: our own pages draw captions of their own, and would show them twice.
 */
export function nameCaptions(multivariant: string, lang: string): string {
  const group = `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Captions",LANGUAGE="${lang}",DEFAULT=NO,AUTOSELECT=NO,FORCED=NO,URI="captions.m3u8"`;
  return multivariant
    .replace(/^(#EXT-X-STREAM-INF:.*)$/gm, '$1,SUBTITLES="captions"')
    .replace(/^(#EXT-X-INDEPENDENT-SEGMENTS)$/m, `$1\n${group}`);
}
