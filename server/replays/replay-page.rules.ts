import type { Cue } from '../captions/web-vtt.rules.ts';
import type { ReplayPlayer, ReplaySource } from '../contracts/replay.ts';
import { showDate } from '../platform/time/show-time.ts';
import {
  inSeconds,
  isOut,
  lengthOfReplay,
  shownChapters,
  shownCues,
  showPosition,
  sizeInWords,
  type ToldReplay,
} from './replay.rules.ts';

interface Told {
  readonly replay: ToldReplay;
  readonly event: {
    readonly slug: string;
    readonly title: string;
    readonly zone: string;
    readonly lang: string;
  };
  readonly session: { readonly title: string; readonly summary: string };
  readonly speakers: readonly {
    readonly slug: string;
    readonly name: string;
    readonly jobTitle: string;
    readonly organisation: string;
  }[];
  readonly source: ReplaySource;
  readonly cues: readonly Cue[];
  readonly startAt: number | null;
  readonly isOwn: boolean;
  /** Whether the reader is one whose place is kept. */
  readonly isKnown: boolean;
  readonly left: { readonly seconds?: number | null; readonly watchedAt: Date } | null;
}

/** What the page of a replay shows to one reader. */
export function replayPage({
  replay,
  event,
  session,
  speakers,
  source,
  cues,
  startAt,
  isOwn,
  ...told
}: Told) {
  const path = `/replays/${replay._id}`;
  const shown = shownCues(replay, cues);
  const file =
    source.kind === 'hls' && replay.fileStatus === 'ready' ? `${source.path}file/${replay.fileId}` : null;
  const player: ReplayPlayer = {
    replayId: replay._id,
    title: session.title,
    lang: /^en\b/.test(event.lang) ? null : event.lang,
    durationSeconds: lengthOfReplay(replay) / 1_000,
    source,
    watchPath: `/api${path}/watch`,
    posterPath: file && `${file}-1.jpg`,
    captionsPath: shown.length > 0 ? `${path}/captions.vtt` : null,
    chapters: shownChapters(replay, replay.chapters),
    cues: inSeconds(shown),
    startAt,
    positionPath: told.isKnown ? `/api${path}/position` : null,
    left: told.left && { seconds: told.left.seconds ?? null, watchedAt: told.left.watchedAt.getTime() },
  };
  const bytes = replay.upload ? replay.upload.bytes : replay.fileStatus === 'ready' ? replay.fileBytes : 0;
  return {
    player,
    path,
    filePath: file && `${file}.mp4`,
    summary: session.summary,
    event: { title: event.title, path: `/events/${event.slug}` },
    recordedOn: showDate(replay.from, event.zone),
    speakers: speakers.map(({ slug, name, jobTitle, organisation }) => ({
      path: `/speakers/${slug}`,
      name,
      role: [jobTitle, organisation].filter(Boolean).join(', '),
    })),
    download:
      bytes > 0 && (isOwn || replay.isDownloadable)
        ? { path: `${path}/download`, size: sizeInWords(bytes) }
        : null,
    transcriptPath: shown.length > 0 ? `${path}/transcript.txt` : null,
    isOnlyForOrganiser: !isOut(replay),
  };
}

/** The transcript to take away: the time of each caption and what is said. */
export const transcriptOf = (cues: readonly Cue[]): string =>
  cues.map(({ from, text }) => `${showPosition(from)}  ${text.replaceAll('\n', ' ')}\n`).join('');
