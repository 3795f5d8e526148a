import type { SegmentLine } from '../packaging/segment-store.ts';
import { describeSegments } from '../packaging/describe-window.ts';
import { writeMultivariant } from '../packaging/write-multivariant.ts';
import { sourceRung } from '../packaging/resume-run.ts';
import type { KeptRun } from './read-runs.ts';

/** The stretch of one run that a replay shows: the segments of its source, by which the rungs were cut. */
export interface Stretch {
  readonly run: KeptRun;
  readonly segments: readonly SegmentLine[];
}

const seconds = (ticks: number): string => (ticks / 90_000).toFixed(5);

/** Best first: the source, then by height; sound alone has none. */
const rank = (name: string): number => (name === sourceRung ? 1e6 : Number.parseInt(name) || 0);

/** The first is `source`; a rung that a run does not have at all would be a hole of a whole run. */
export function listRungs(stretches: readonly Stretch[]): readonly string[] {
  const names = new Set(stretches.flatMap(({ run }) => [...run.rungs.keys()]));
  const isEverywhere = (name: string) =>
    stretches.every(({ run, segments }) =>
      segments.some(({ msn }) => run.rungs.get(name)?.segments.has(msn)),
    );
  return [...names].filter(isEverywhere).sort((a, b) => rank(b) - rank(a));
}

function startTag(stretches: readonly Stretch[], from: number): readonly string[] {
  const offset = (from - (stretches[0]?.segments[0]?.at ?? from)) / 1_000;
  return offset > 0 ? [`#EXT-X-START:TIME-OFFSET=${offset.toFixed(3)},PRECISE=YES`] : [];
}

/** One rung of a replay: the very segments that were live, with an end, from the first that overlaps to the last. */
export function writeReplayPlaylist(stretches: readonly Stretch[], rung: string, from: number): string {
  const longest = Math.max(
    1,
    ...stretches.flatMap(({ segments }) => segments.map(({ ticks }) => ticks / 90_000)),
  );
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:8',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-TARGETDURATION:${Math.round(longest)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    ...startTag(stretches, from),
  ];
  stretches.forEach(({ run, segments }, stretchIndex) => {
    let init: number | null = null;
    segments.forEach(({ msn, at, ticks, discontinuity }, index) => {
      const own = run.rungs.get(rung)?.segments.get(msn);
      const follows = index > 0 && segments[index - 1]?.msn === msn - 1;
      if ((index > 0 && (discontinuity || !follows)) || (index === 0 && stretchIndex > 0))
        lines.push('#EXT-X-DISCONTINUITY');
      if (own && own.init !== init) {
        init = own.init;
        lines.push(`#EXT-X-MAP:URI="${run.runId}/${rung}/init-${init}.mp4"`);
      }
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(at)).toISOString()}`);
      if (!own) lines.push('#EXT-X-GAP');
      lines.push(`#EXTINF:${seconds(ticks)},`, `${run.runId}/${rung}/s${msn}.m4s`);
    });
  });
  return [...lines, '#EXT-X-ENDLIST', ''].join('\n');
}

/** Every rung with what it needs of the line and the decoder. */
export function writeReplayMultivariant(
  stretches: readonly Stretch[],
  rungs: readonly string[],
  from: number,
): string {
  const listed = rungs.flatMap((rung) => {
    const lines = stretches.flatMap(({ run, segments }) =>
      segments.flatMap(({ msn }) => run.rungs.get(rung)?.segments.get(msn) ?? []),
    );
    const inits = stretches.flatMap(({ run }) => [...(run.rungs.get(rung)?.inits.values() ?? [])]);
    const used = inits.find(({ init }) => init === lines[0]?.init) ?? inits[0];
    if (!used) return [];
    const { codecs, width, height } = used;
    const measured = lines.map((line) => ({ ...line, size: line.bytes, isGap: false }));
    const info = describeSegments(measured, { codecs, width, height });
    return info ? [{ uri: `${rung}.m3u8`, info }] : [];
  });
  return writeMultivariant(listed, startTag(stretches, from));
}
