import { readdir, stat } from 'node:fs/promises';
import { folderOfRun, folderOfStream, indexPath, readIndex } from '../packaging/run-index.ts';
import type { IndexLine, InitLine, SegmentLine } from '../packaging/segment-store.ts';

export interface KeptRung {
  readonly inits: ReadonlyMap<number, InitLine>;
  /** By number, what was erased left out. */
  readonly segments: ReadonlyMap<number, SegmentLine>;
}

export interface KeptRun {
  readonly runId: string;
  readonly folder: string;
  readonly startedAt: number;
  readonly rungs: ReadonlyMap<string, KeptRung>;
  /** False: more may come. */
  readonly isOver: boolean;
}

/** A run whose index nobody touched for so long is over, though nobody said so: its process died for good. */
const silenceMs = 180_000;
const remembered = 64;

export const endOf = ({ at, ticks }: SegmentLine): number => at + ticks / 90;

export const overlaps = (segment: SegmentLine, from: number, to: number): boolean =>
  segment.at < to && endOf(segment) > from;

function gather(lines: readonly IndexLine[]): {
  startedAt: number;
  rungs: Map<string, KeptRung>;
  ended: boolean;
} {
  const erased = lines.filter((line) => line.kind === 'erased');
  const rungs = new Map<string, { inits: Map<number, InitLine>; segments: Map<number, SegmentLine> }>();
  const rungOf = (name: string) => {
    const rung = rungs.get(name) ?? {
      inits: new Map<number, InitLine>(),
      segments: new Map<number, SegmentLine>(),
    };
    rungs.set(name, rung);
    return rung;
  };
  for (const line of lines) {
    if (line.kind === 'init') rungOf(line.rung).inits.set(line.init, line);
    if (line.kind === 'segment' && !erased.some(({ from, to }) => overlaps(line, from, to)))
      rungOf(line.rung).segments.set(line.msn, line);
  }
  const head = lines.find((line) => line.kind === 'run');
  return { startedAt: head?.startedAt ?? 0, rungs, ended: lines.some(({ kind }) => kind === 'ended') };
}

/** What is kept of a stream, run by run in the order of time. An index is read again, and its run another object, when it grew. */
export function createRunReader(dataDirectory: string): (streamId: string) => Promise<readonly KeptRun[]> {
  const known = new Map<string, { readonly size: number; readonly run: KeptRun }>();

  async function readRun(streamId: string, runId: string): Promise<KeptRun | null> {
    const folder = folderOfRun(dataDirectory, streamId, runId);
    const path = indexPath(folder);
    const found = await stat(path).catch(() => null);
    if (!found) return null;
    const isSilent = Date.now() - found.mtimeMs > silenceMs;
    const entry = known.get(path);
    if (entry?.size === found.size && (entry.run.isOver || !isSilent)) return entry.run;
    const { startedAt, rungs, ended } = gather((await readIndex(folder)) ?? []);
    const run = { runId, folder, startedAt, rungs, isOver: ended || isSilent };
    known.delete(path);
    known.set(path, { size: found.size, run });
    const [oldest] = known.keys();
    if (known.size > remembered && oldest) known.delete(oldest);
    return run;
  }

  return async (streamId) => {
    const names = await readdir(folderOfStream(dataDirectory, streamId)).catch(() => []);
    const ids = names.filter((name) => /^[\w-]{8,64}$/.test(name));
    const runs = await Promise.all(ids.map((id) => readRun(streamId, id)));
    return runs.flatMap((run) => run ?? []).sort((a, b) => a.startedAt - b.startedAt);
  };
}
