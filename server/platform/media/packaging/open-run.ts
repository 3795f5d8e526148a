import { ticksPerSecond, type UnitSink } from '../access-unit.ts';
import type { Clock } from '../../time/clock.ts';
import type { Rendition } from '../rendition.ts';
import { createNormalizer } from './normalize-units.ts';
import { createPackager, type Packager, type TimelineSink } from './packager.ts';
import { readResumedRun, sourceRung, type ResumedRun } from './resume-run.ts';
import { createSegmentPlan } from './segment-plan.ts';
import type { RunStore, SegmentStore } from './segment-store.ts';

export interface RunOptions {
  readonly streamId: string;
  readonly runId: string;
  readonly clock: Clock;
  readonly store: SegmentStore;
  /** A write failed (ENOSPC, EIO). Viewers go on watching from memory. */
  readonly onWriteError: (error: unknown) => void;
  /** How far back `?dvr=1` goes; 1,800 when nothing is said. */
  readonly dvrSeconds?: number;
}

/** One going-live: raw units of whatever input is on air go in; renditions come out. */
export interface Run extends UnitSink {
  readonly streamId: string;
  readonly runId: string;
  /** ms since 1970: the instant of tick 0 of the timeline; null before the first picture. */
  readonly startedAt: number | null;
  /** The source first, then the rungs in the order in which they were asked for. */
  readonly renditions: readonly Rendition[];
  readonly recordedMs: number;
  /** Call before the first unit of every other connection: of another input, or of the same encoder come back. */
  switchInput(): void;
  /** `sink` gets every unit from now on, on the run's timeline: what an encoder of rungs reads. Returns its end. */
  tap(sink: TimelineSink): () => void;
  /** Where the units of a rung go that were made of `tap`'s, with the times those had. Asking twice gives the same. */
  rung(name: string): UnitSink;
  /** The rung is gone: viewers are not offered it any more. */
  dropRung(name: string): void;
  away(): void;
  back(): void;
  /** False: the disk is full, nothing more is recorded. `hasRungs` false: of what is recorded the source alone. */
  record(isOn: boolean, hasRungs?: boolean): void;
  /** Resolves when all that was published is kept. Safe to call twice. */
  end(): Promise<void>;
  /** The process stops, the run does not: resolves when all that came is kept for the one that goes on with it. */
  suspend(): Promise<void>;
}

export type OpenRun = (options: RunOptions) => Run;
export type ReopenRun = (options: RunOptions) => Promise<Run | null>;

const defaultDvrSeconds = 1_800;

function startRun(options: RunOptions, kept: RunStore, resumed: ResumedRun | null): Run {
  const { streamId, runId, clock, dvrSeconds = defaultDvrSeconds } = options;
  let startedAt = resumed?.startedAt ?? null;
  let recordedTicks = resumed?.recordedTicks ?? 0;
  let isRecording = true;
  let keepsRungs = true;
  const packagers = new Map<string, Packager>();
  const taps = new Set<TimelineSink>();
  const tracks = new Map<string, Parameters<UnitSink['track']>[0]>();

  const store: RunStore = {
    ...kept,
    putSegment(line, bytes) {
      if (line.rung !== sourceRung && !keepsRungs) return;
      if (line.rung === sourceRung && isRecording) recordedTicks += line.ticks;
      kept.putSegment(line, bytes);
    },
  };
  const plan = createSegmentPlan(resumed?.plan ?? null, (targetDuration) =>
    store.begin({ kind: 'run', startedAt: startedAt ?? clock.now().getTime(), targetDuration }),
  );
  const reportsFor = (name: string) => () =>
    [...packagers].flatMap(([other, packager]) => {
      const report = other === name ? null : packager.report();
      return report ? [{ name: other, ...report }] : [];
    });

  function openPackager(name: string): Packager {
    const packager = createPackager({
      ...{ name, plan, store, dvrSeconds, reports: reportsFor(name) },
      role: name === sourceRung ? 'lead' : 'follow',
      startedAt: () => startedAt ?? clock.now().getTime(),
      resumed: resumed?.rungs.get(name) ?? null,
    });
    packagers.set(name, packager);
    return packager;
  }

  const source = openPackager(sourceRung);
  const all: TimelineSink = {
    track(track) {
      tracks.set(track.kind, track);
      for (const sink of [source, ...taps]) sink.track(track);
    },
    unit(unit) {
      startedAt ??= clock.now().getTime();
      for (const sink of [source, ...taps]) sink.unit(unit);
    },
    discontinuity() {
      tracks.clear();
      for (const sink of [source, ...taps]) sink.discontinuity();
    },
  };
  const normalizer = createNormalizer({
    out: all,
    now: () => ((clock.now().getTime() - (startedAt ?? clock.now().getTime())) * ticksPerSecond) / 1_000,
    resumeAt: resumed?.end ?? null,
  });
  let ended: Promise<void> | null = null;

  return {
    streamId,
    runId,
    get startedAt() {
      return startedAt;
    },
    get renditions() {
      return [...packagers.values()];
    },
    get recordedMs() {
      return Math.round((recordedTicks * 1_000) / ticksPerSecond);
    },
    track: (track) => normalizer.track(track),
    unit: (unit) => normalizer.unit(unit),
    switchInput: () => normalizer.switchInput(),
    tap(sink) {
      taps.add(sink);
      for (const track of tracks.values()) sink.track(track);
      return () => void taps.delete(sink);
    },
    rung: (name) => packagers.get(name) ?? openPackager(name),
    dropRung(name) {
      if (name === sourceRung) return;
      packagers.get(name)?.end();
      packagers.delete(name);
    },
    away() {
      for (const packager of packagers.values()) packager.away();
    },
    back() {
      for (const packager of packagers.values()) packager.back();
    },
    record(isOn, hasRungs = true) {
      isRecording = isOn;
      keepsRungs = hasRungs;
      store.record(isOn);
    },
    end() {
      if (!ended) {
        for (const packager of packagers.values()) packager.end();
        ended = store.close(true);
      }
      return ended;
    },
    suspend() {
      for (const packager of packagers.values()) packager.away();
      ended ??= store.close(false);
      return ended;
    },
  };
}

/** A new run. Its instant begins with its first picture. */
export function openRun(options: RunOptions): Run {
  const { store, streamId, runId, onWriteError } = options;
  return startRun(options, store.create(streamId, runId, onWriteError), null);
}

/** Goes on with a run whose process died, after a discontinuity; null where nothing of it is kept or it had ended. */
export async function reopenRun(options: RunOptions): Promise<Run | null> {
  const { store, streamId, runId, onWriteError } = options;
  const reopened = await store.reopen(streamId, runId, onWriteError);
  const resumed = reopened && readResumedRun(reopened.lines);
  return resumed ? startRun(options, reopened.store, resumed) : null;
}
