import { trusted } from 'mongoose';
import type { ControlClient } from '../platform/media/control/control-client.ts';
import { StreamModel } from './stream.model.ts';
import { StreamRunModel, type StreamRun } from './stream-run.model.ts';

/** What is recorded of one run: from the first picture until the encoder was gone, in ms since 1970. */
export interface RecordedRun {
  readonly runId: string;
  readonly streamId: string;
  readonly from: number;
  readonly to: number;
  /** Something may still be added. */
  readonly isGoingOn: boolean;
  /** What no replay uses of it was erased when its time was over. */
  readonly isSwept: boolean;
}

/** All runs of an event's stages, in order of time. */
export async function listRecordedRuns(eventId: string, now: Date): Promise<RecordedRun[]> {
  const [runs, streams] = await Promise.all([
    StreamRunModel.find({ eventId }).sort({ startedAt: 1 }).lean(),
    StreamModel.find({ eventId }, { runId: 1 }).lean(),
  ]);
  const current = new Set(streams.flatMap(({ runId }) => runId ?? []));
  return runs.map((run, index) => {
    const next = runs.slice(index + 1).find(({ streamId }) => streamId === run.streamId);
    const isGoingOn = run.state !== 'ended' && current.has(run._id);
    return {
      runId: run._id,
      streamId: run.streamId,
      from: run.startedAt.getTime(),
      to: endOf(run, isGoingOn, next ?? null, now),
      isGoingOn,
      isSwept: Boolean(run.unusedErasedAt),
    };
  });
}

/** One that was never said to have ended was followed by another, at the latest. */
function endOf(run: StreamRun, isGoingOn: boolean, next: StreamRun | null, now: Date): number {
  if (isGoingOn) return now.getTime();
  return (run.state === 'ended' ? run.at : (next?.startedAt ?? now)).getTime();
}

/** Events with a run that was last heard of before an instant and was not swept yet. */
export async function listEventsToSweep(before: Date): Promise<string[]> {
  const runs = await StreamRunModel.find(
    { unusedErasedAt: null, at: trusted({ $lt: before }) },
    { eventId: 1 },
  ).lean();
  return [...new Set(runs.map(({ eventId }) => eventId))];
}

/** How large the recording of some stretches is; null: the media process does not answer. */
export async function measureRecorded(
  streamId: string,
  spans: readonly { readonly from: number; readonly to: number }[],
  media: ControlClient,
): Promise<{ readonly bytes: number; readonly durationMs: number } | null> {
  const sum = { bytes: 0, durationMs: 0 };
  for (const { from, to } of spans) {
    const asked = await media.ask('recorded', { streamId, from: Math.floor(from), to: Math.ceil(to) });
    if (!asked.ok) return null;
    sum.bytes += asked.answer.bytes;
    sum.durationMs += asked.answer.durationMs;
  }
  return sum;
}
