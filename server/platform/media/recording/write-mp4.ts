import { open, rename, rm } from 'node:fs/promises';
import type { MediaTrack } from '../access-unit.ts';
import { box, u32, u64 } from '../packaging/mp4-boxes.ts';
import { sourceRung } from '../packaging/resume-run.ts';
import type { SegmentLine } from '../packaging/segment-store.ts';
import { writeMovie, type MovieTrack } from '../packaging/write-movie.ts';
import { readFragments, type StoredSample } from './read-fragments.ts';
import { readInit, type StoredTrack } from './read-init.ts';
import type { KeptRun } from './read-runs.ts';
import type { Stretch } from './replay-playlists.ts';
import { writeEdits, writeTables, type SampleColumns } from './sample-tables.ts';

type Kind = MediaTrack['kind'];

interface Gathering {
  readonly columns: Map<Kind, SampleColumns>;
  readonly entries: Map<Kind, Buffer[]>;
  readonly tracks: Map<Kind, StoredTrack>;
  /** Bytes of media so far. */
  length: number;
  /** 90 kHz ticks: where the next span begins, and what is taken off its times. */
  end: number;
  shift: number;
}

const ticksOf = (value: number, timescale: number) => (value * 90_000) / timescale;

/** Samples that follow each other in the segment and are of one track. */
function* runsOf(samples: readonly StoredSample[]): Generator<readonly StoredSample[]> {
  let start = 0;
  for (let index = 1; index <= samples.length; index += 1) {
    const [before, next] = [samples[index - 1], samples[index]];
    if (next && before && next.kind === before.kind && next.position === before.position + before.size)
      continue;
    if (index > start) yield samples.slice(start, index);
    start = index;
  }
}

/** The number of the track's set-up in the file, which may be new with this init. */
function entryOf(gathering: Gathering, track: StoredTrack): number {
  const entries = gathering.entries.get(track.kind) ?? [];
  gathering.entries.set(track.kind, entries);
  if (!gathering.tracks.has(track.kind)) gathering.tracks.set(track.kind, track);
  const known = entries.findIndex((entry) => entry.equals(track.entry));
  return known >= 0 ? known + 1 : entries.push(track.entry);
}

function columnsOf(gathering: Gathering, { kind, timescale }: StoredTrack): SampleColumns {
  const found = gathering.columns.get(kind);
  if (found) return found;
  const made = { kind, timescale, dts: [], offsets: [], sizes: [], keys: [], chunks: [], lastDuration: 1 };
  gathering.columns.set(kind, made);
  return made;
}

/** Bytes of an object of a run, wherever it is; null: it is lost. */
export type ReadKept = (runFolder: string, rung: string, name: string) => Promise<Buffer | null>;

/** Bytes of a segment that go into the file, one after the other. */
type Extent = readonly [position: number, length: number];

function addSegment(
  gathering: Gathering,
  samples: readonly StoredSample[],
  tracks: readonly StoredTrack[],
  isNew: boolean,
): Extent[] {
  const extents: Extent[] = [];
  const scale = (kind: Kind) => tracks.find((track) => track.kind === kind)?.timescale ?? 90_000;
  if (isNew && samples.length > 0) {
    const first = Math.min(...samples.map(({ kind, dts }) => ticksOf(dts, scale(kind))));
    gathering.shift = gathering.end - first;
  }
  for (const run of runsOf(samples)) {
    const track = tracks.find(({ kind }) => kind === run[0]?.kind);
    if (!track) continue;
    const columns = columnsOf(gathering, track);
    const entry = entryOf(gathering, track);
    columns.chunks.push({ offset: gathering.length, samples: run.length, entry });
    const before = gathering.length;
    for (const { dts, duration, offset, isKey, size } of run) {
      const own = (value: number) => Math.round((value * columns.timescale) / track.timescale);
      const at = own(dts) + Math.round((gathering.shift * columns.timescale) / 90_000);
      columns.dts.push(Math.max(at, (columns.dts.at(-1) ?? -1) + 1));
      columns.offsets.push(own(offset));
      columns.sizes.push(size);
      if (isKey) columns.keys.push(columns.dts.length);
      columns.lastDuration = Math.max(1, own(duration));
      gathering.length += size;
      gathering.end = Math.max(gathering.end, ticksOf(dts + duration, track.timescale) + gathering.shift);
    }
    extents.push([run[0]?.position ?? 0, gathering.length - before]);
  }
  return extents;
}

async function* segmentsOf(
  stretches: readonly Stretch[],
  read: ReadKept,
): AsyncGenerator<{
  readonly run: KeptRun;
  readonly line: SegmentLine;
  readonly bytes: Buffer;
  readonly isNew: boolean;
}> {
  for (const { run, segments } of stretches) {
    let before: number | null = null;
    for (const line of segments) {
      const bytes = await read(run.folder, sourceRung, `s${line.msn}.m4s`);
      if (!bytes) continue;
      yield { run, line, bytes, isNew: before !== line.msn - 1 || line.discontinuity };
      before = line.msn;
    }
  }
}

/**
 * One MP4 of what was recorded, its index in front so that it plays while it loads. Two passes over the segments, one in
 * memory at a time. Holes between runs are closed; edit lists begin and end it exactly. null: there is nothing.
 */
export async function writeMp4(
  stretches: readonly Stretch[],
  {
    from,
    durationMs,
    path,
    read,
  }: {
    readonly from: number;
    readonly durationMs: number;
    readonly path: string;
    readonly read: ReadKept;
  },
): Promise<{ readonly bytes: number } | null> {
  const gathering: Gathering = {
    ...{ columns: new Map(), entries: new Map(), tracks: new Map() },
    ...{ length: 0, end: 0, shift: 0 },
  };
  const inits = new Map<string, readonly StoredTrack[]>();
  const plan: { readonly run: KeptRun; readonly line: SegmentLine; readonly extents: readonly Extent[] }[] =
    [];
  for await (const { run, line, bytes, isNew } of segmentsOf(stretches, read)) {
    const key = `${run.runId} ${line.init}`;
    const init = inits.get(key) ?? readInit(await read(run.folder, sourceRung, `init-${line.init}.mp4`));
    inits.set(key, init);
    plan.push({ run, line, extents: addSegment(gathering, readFragments(bytes), init, isNew) });
  }
  if (gathering.length === 0) return null;

  const late = gathering.columns.get('video')?.offsets[0] ?? 0;
  const start = Math.max(0, from - (stretches[0]?.segments[0]?.at ?? from)) * 90 + late;
  const length = Math.min(durationMs * 90, gathering.end - start);
  const movie = (base: number) =>
    writeMovie(
      [...gathering.columns.values()].map((columns): MovieTrack => {
        const { width = 0, height = 0 } = gathering.tracks.get(columns.kind) ?? {};
        const ticks = (columns.dts.at(-1) ?? 0) + columns.lastDuration;
        return {
          ...{ kind: columns.kind, timescale: columns.timescale, width, height, ticks },
          entries: gathering.entries.get(columns.kind) ?? [],
          movieTicks: Math.round(length),
          edits: writeEdits(columns, start, Math.round(length)),
          tables: writeTables(columns, base),
        };
      }),
      false,
    );
  const brands = box('ftyp', Buffer.from('isom\0\0\0\0isomiso2avc1mp41', 'latin1'));
  const mediaHead = Buffer.concat([u32(1), Buffer.from('mdat'), u64(gathering.length + 16)]);
  // Offsets of more than 4 GB are wider: where the media begins is known once they have been written for its whole length.
  let base = gathering.length;
  for (let round = 0; round < 2; round += 1) base = brands.length + movie(base).length + mediaHead.length;
  const head = Buffer.concat([brands, movie(base), mediaHead]);

  const half = `${path}.part`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.write(head);
    for (const { run, line, extents } of plan) {
      const bytes = await read(run.folder, sourceRung, `s${line.msn}.m4s`);
      if (!bytes) throw new Error('A piece was taken away while its file was being written');
      for (const [position, length] of extents) await file.write(bytes, position, length);
    }
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(half, path);
  return { bytes: head.length + gathering.length };
}
