import type { Clock } from '../../time/clock.ts';
import type { UnitSink } from '../access-unit.ts';
import type { Rendition } from '../rendition.ts';
import type { TimelineSink } from './packager.ts';
import type { SegmentStore } from './segment-store.ts';

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
  /** False: the disk is full, nothing more is recorded. */
  record(isOn: boolean): void;
  /** Resolves when all that was published is kept. Safe to call twice. */
  end(): Promise<void>;
}
export type OpenRun = (options: RunOptions) => Run;
/** Goes on with a run whose process died, after a discontinuity; null where nothing of it is kept or it had ended. */
export type ReopenRun = (options: RunOptions) => Promise<Run | null>;
