import { appendFile, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readObject } from '../packaging/disk-store.ts';
import { sourceRung } from '../packaging/resume-run.ts';
import { folderOfStream, indexPath, pathOfObject } from '../packaging/run-index.ts';
import type { Storage } from '../storage/open-storage.ts';
import { cutCaptions, writeCaptionPlaylist } from './caption-playlist.ts';
import { findHoles } from './find-holes.ts';
import { createRunReader, endOf, overlaps, type KeptRun } from './read-runs.ts';
import { listRungs, writeReplayMultivariant, writeReplayPlaylist, type Stretch } from './replay-playlists.ts';
import { takeThumbnails } from './take-thumbnails.ts';
import { writeMp4, type ReadKept } from './write-mp4.ts';

/** Of one stream, between two instants (ms since 1970), over all its runs. */
export interface RecordedRange {
  readonly streamId: string;
  readonly from: number;
  readonly to: number;
}

/** What is kept of a range. Its addresses are relative to the replay's `<scope>/`. */
export interface Recording {
  /** Of all that overlaps the range, cut to it. */
  readonly durationMs: number;
  readonly bytes: number;
  /** False: the run is still going on before `to`, or pieces are missing. */
  readonly isWhole: boolean;
  /** Where nothing was recorded, in ms since 1970. */
  readonly holes: readonly { readonly from: number; readonly to: number }[];
  /** Best first: `source`, `480p`, `360p`, `audio`. Empty: nothing is recorded. */
  readonly rungs: readonly string[];
  /** `main.m3u8` */
  multivariant(): string;
  /** `<rung>.m3u8`; null: no such rung. */
  playlist(rung: string): string | null;
  /** `captions.m3u8`, whose pieces are found below `base`. */
  captions(base: string): Promise<string>;
  /** `<runId>/<rung>/{init-<n>.mp4,s<msn>.m4s}`, only where it overlaps the range. */
  object(runId: string, rung: string, name: string): Promise<Buffer | null>;
  /** Where such an object is or was on the local disk; null: it does not belong to the range. */
  pathOf(runId: string, rung: string, name: string): string | null;
}

export interface Recordings {
  readRecording(range: RecordedRange): Promise<Recording>;
  /** Writes `<fileId>.mp4` and up to five `<fileId>-<n>.jpg`. Asking twice makes it once. null: nothing is recorded. */
  makeFile(
    range: RecordedRange,
    fileId: string,
  ): Promise<{ readonly bytes: number; readonly thumbnails: number } | null>;
  /** The path on disk of `<fileId>.mp4` or `<fileId>-<n>.jpg`; null: no name of ours. */
  pathOfFile(streamId: string, name: string): string | null;
  /** Deletes every segment that overlaps the range, and the files. */
  erase(range: RecordedRange, fileIds: readonly string[]): Promise<void>;
}

export interface RecordingOptions {
  readonly dataDirectory: string;
  /** Makes the thumbnails; null: there are none. */
  readonly ffmpegPath: string | null;
  /** Where recordings are too, and some of them alone; null: only on the local disk. */
  readonly storage?: Storage | null;
}
export type OpenRecordings = (options: RecordingOptions) => Recordings;

const fileName = /^[\w-]{8,64}(?:\.mp4|-[1-5]\.jpg)$/;

function stretchesOf(runs: readonly KeptRun[], from: number, to: number): readonly Stretch[] {
  return runs.flatMap((run) => {
    const segments = [...(run.rungs.get(sourceRung)?.segments.values() ?? [])]
      .filter((segment) => overlaps(segment, from, to))
      .sort((a, b) => a.msn - b.msn);
    return segments.length > 0 ? [{ run, segments }] : [];
  });
}

/** Whether a run that began before `to` may still add to the range. */
function isGoingOn(run: KeptRun, to: number): boolean {
  const last = [...(run.rungs.get(sourceRung)?.segments.values() ?? [])].at(-1);
  return !run.isOver && run.startedAt < to && (!last || endOf(last) < to);
}

const isUnbroken = ({ segments }: Stretch): boolean =>
  segments.every(({ msn }, index) => index === 0 || segments[index - 1]?.msn === msn - 1);

/** What a run has besides its segments. */
const restOf = (run: KeptRun): readonly string[] => [
  ...[...run.rungs].flatMap(([rung, { inits }]) =>
    [...inits.keys()].map((init) => pathOfObject(run.folder, rung, `init-${init}.mp4`) ?? ''),
  ),
  indexPath(run.folder),
  join(run.folder, 'uploaded.ndjson'),
];

type Described = Recording & { readonly stretches: readonly Stretch[] };
const remembered = 256;

function describe(runs: readonly KeptRun[], { from, to }: RecordedRange, read: ReadKept): Described {
  const stretches = stretchesOf(runs, from, to);
  const segments = stretches.flatMap((stretch) => stretch.segments);
  const rungs = listRungs(stretches);
  const texts = new Map<string, string>();
  let pieces: ReturnType<typeof cutCaptions> | null = null;
  const folderOf = (runId: string, name: string): string | null => {
    const stretch = stretches.find(({ run }) => run.runId === runId);
    const [, msn] = /^s(\d+)\.m4s$/.exec(name) ?? [];
    const isShown = msn === undefined || stretch?.segments.some((segment) => segment.msn === Number(msn));
    return stretch && isShown ? stretch.run.folder : null;
  };
  const shown = segments.reduce((sum, each) => sum + Math.min(to, endOf(each)) - Math.max(from, each.at), 0);
  return {
    stretches,
    durationMs: Math.round(shown),
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    isWhole: stretches.every(isUnbroken) && !runs.some((run) => isGoingOn(run, to)),
    holes: findHoles(stretches, { from, to }),
    rungs,
    multivariant: () => writeReplayMultivariant(stretches, rungs, from),
    playlist(rung) {
      if (!rungs.includes(rung)) return null;
      const text = texts.get(rung) ?? writeReplayPlaylist(stretches, rung, from);
      texts.set(rung, text);
      return text;
    },
    async captions(base) {
      // What failed is tried again by whoever asks next.
      pieces ??= cutCaptions(stretches, from, read).catch((error: unknown) => {
        pieces = null;
        throw error;
      });
      return writeCaptionPlaylist(await pieces, base);
    },
    async object(runId, rung, name) {
      const folder = folderOf(runId, name);
      return folder === null ? null : readObject(folder, rung, name);
    },
    pathOf(runId, rung, name) {
      const folder = folderOf(runId, name);
      return folder === null ? null : pathOfObject(folder, rung, name);
    },
  };
}

/** What is recorded of streams, on the local disk and in the storage behind it. */
export function openRecordings({ dataDirectory, ffmpegPath, storage = null }: RecordingOptions): Recordings {
  const readRuns = createRunReader(dataDirectory);
  const making = new Map<string, Promise<{ readonly bytes: number; readonly thumbnails: number } | null>>();

  function pathOfFile(streamId: string, name: string): string | null {
    return fileName.test(name) ? join(folderOfStream(dataDirectory, streamId), 'files', name) : null;
  }
  const pathOf = (streamId: string, name: string): string => {
    const path = pathOfFile(streamId, name);
    if (!path) throw new Error('A file got a name that is not ours');
    return path;
  };
  const thumbnailPath = (streamId: string, fileId: string) => (n: number) =>
    pathOf(streamId, `${fileId}-${n}.jpg`);
  const described = new Map<string, { readonly runs: readonly KeptRun[]; readonly recording: Described }>();

  /** Viewers ask for one piece after the other: what did not change in between is not worked out again. */
  async function read(range: RecordedRange): Promise<Described> {
    const key = `${range.streamId} ${range.from} ${range.to}`;
    const runs = await readRuns(range.streamId);
    const known = described.get(key);
    if (known?.runs.length === runs.length && known.runs.every((run, index) => run === runs[index]))
      return known.recording;
    const recording = describe(runs, range, readKept);
    described.delete(key);
    described.set(key, { runs, recording });
    const [oldest] = described.keys();
    if (described.size > remembered && oldest) described.delete(oldest);
    return recording;
  }

  const readKept: ReadKept = async (folder, rung, name) =>
    (await readObject(folder, rung, name)) ??
    (await storage?.read(pathOfObject(folder, rung, name) ?? '')) ??
    null;
  async function countMoved(streamId: string, fileId: string): Promise<number> {
    const found = await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) => (await storage?.find(thumbnailPath(streamId, fileId)(n))) ?? null),
    );
    return found.filter(Boolean).length;
  }

  async function make(range: RecordedRange, fileId: string) {
    const { streamId, from } = range;
    const path = pathOf(streamId, `${fileId}.mp4`);
    const { stretches, durationMs } = await read(range);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const moved = (await storage?.find(path)) ?? null;
    const made = await stat(path).catch(() => null);
    if (moved && !made) return { bytes: moved.bytes, thumbnails: await countMoved(streamId, fileId) };
    const bytes =
      made?.size ?? (await writeMp4(stretches, { from, durationMs, path, read: readKept }))?.bytes;
    if (bytes === undefined) return null;
    const thumbnails = ffmpegPath
      ? await takeThumbnails(ffmpegPath, path, durationMs, thumbnailPath(streamId, fileId))
      : 0;
    storage?.keptFiles(streamId);
    return { bytes, thumbnails };
  }

  async function eraseFrom(run: KeptRun, { from, to }: RecordedRange): Promise<void> {
    let kept = 0;
    const paths: string[] = [];
    for (const [rung, { segments }] of run.rungs)
      for (const segment of segments.values())
        if (overlaps(segment, from, to))
          paths.push(pathOfObject(run.folder, rung, `s${segment.msn}.m4s`) ?? '');
        else kept += 1;
    if (paths.length === 0) return;
    const isAll = kept === 0 && run.isOver;
    await storage?.erase(isAll ? [...paths, ...restOf(run)] : paths);
    // Told first: whoever reads the index in between finds no segment that is gone. On a line of its own, though a process died
    // in the middle of the last one.
    await appendFile(indexPath(run.folder), `\n${JSON.stringify({ kind: 'erased', from, to })}\n`);
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    if (isAll) await rm(run.folder, { recursive: true, force: true });
  }

  return {
    readRecording: read,
    pathOfFile,
    makeFile(range, fileId) {
      const key = `${range.streamId} ${fileId}`;
      const work = making.get(key) ?? make(range, fileId).finally(() => making.delete(key));
      making.set(key, work);
      return work;
    },
    async erase(range, fileIds) {
      for (const run of await readRuns(range.streamId)) await eraseFrom(run, range);
      const paths = fileIds.flatMap((fileId) => [
        pathOf(range.streamId, `${fileId}.mp4`),
        ...[1, 2, 3, 4, 5].map(thumbnailPath(range.streamId, fileId)),
      ]);
      await storage?.erase(paths);
      for (const path of paths) await rm(path, { force: true });
    },
  };
}
