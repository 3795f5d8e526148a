import { trusted } from 'mongoose';
import { StreamRunModel, type StreamRun } from './stream-run.model.ts';

export type { StreamRun };

/** Runs of a stream that were under way at some instant between the two, in order. */
export async function listRunsBetween(streamId: string, from: Date, to: Date): Promise<StreamRun[]> {
  const begun = await StreamRunModel.find({ streamId, startedAt: trusted({ $lt: to }) })
    .sort({ startedAt: 1 })
    .lean();
  return begun.filter(({ state, at }) => state !== 'ended' || at > from);
}
