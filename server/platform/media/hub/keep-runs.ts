import type { StreamWarning } from '../../../contracts/stream-health.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { Clock } from '../../time/clock.ts';
import type { Run, RunOptions } from '../packaging/open-run.ts';
import type { SegmentStore } from '../packaging/segment-store.ts';
import type { HubOptions, RunExtras } from './hub.ts';
import type { DiskState } from './watch-disk.ts';

/** Smaller pictures of a run. */
export interface RunRungs {
  /** What the organiser should know; null: all is well. */
  warning(): StreamWarning | null;
  stop(): void;
}

export interface KeepRunsOptions {
  readonly open: (options: RunOptions) => Run;
  readonly reopen: (options: RunOptions) => Promise<Run | null>;
  readonly store: SegmentStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly disk: () => DiskState;
  /** Recordings are not taken where they belong, and fill the disk. */
  readonly isStorageAway?: () => boolean;
  readonly startRungs: (run: Run) => RunRungs;
}

export interface RunKeeper extends Pick<HubOptions, 'openRun' | 'reopenRun' | 'attach'> {
  /** The room on the disk was looked at: what had stopped recording for want of it may go on, or the other way. */
  lookAtDisk(): void;
}

/** Runs with all that belongs to one: its recording, as far as the disk lets, and its rungs. */
export function keepRuns(options: KeepRunsOptions): RunKeeper {
  const { logger } = options;
  const runs = new Map<string, Run>();
  const unwritable = new Set<string>();
  const isScarce = () => options.disk() === 'scarce';
  const stopRecording = (runId: string) => {
    unwritable.add(runId);
    runs.get(runId)?.record(false);
  };
  const describe = (streamId: string, runId: string): RunOptions => ({
    streamId,
    runId,
    clock: options.clock,
    store: options.store,
    onWriteError(error) {
      // One for each write of a full disk would fill what is left of it.
      if (!unwritable.has(runId))
        logger.error({ err: error, streamId, runId }, 'recording stopped; live goes on');
      stopRecording(runId);
    },
  });
  return {
    openRun: (streamId, runId) => options.open(describe(streamId, runId)),
    reopenRun: (streamId, runId) => options.reopen(describe(streamId, runId)),
    attach(run): RunExtras {
      runs.set(run.runId, run);
      if (options.disk() === 'full' || unwritable.has(run.runId)) stopRecording(run.runId);
      else if (isScarce()) run.record(true, false);
      const rungs = options.startRungs(run);
      return {
        isRecording: () => !unwritable.has(run.runId),
        warnings() {
          const rung = rungs.warning();
          return [
            ...(unwritable.has(run.runId) ? (['recording-stopped'] as const) : []),
            ...(isScarce() && !unwritable.has(run.runId) ? (['recording-less'] as const) : []),
            ...(options.disk() === 'enough' ? [] : (['disk-low'] as const)),
            ...(options.isStorageAway?.() ? (['storage-away'] as const) : []),
            ...(rung ? [rung] : []),
          ];
        },
        stop() {
          rungs.stop();
          runs.delete(run.runId);
          unwritable.delete(run.runId);
        },
      };
    },
    lookAtDisk() {
      const isFull = options.disk() === 'full';
      for (const [runId, run] of runs) {
        if (isFull) stopRecording(runId);
        else {
          unwritable.delete(runId);
          run.record(true, !isScarce());
        }
      }
    },
  };
}
