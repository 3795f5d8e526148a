import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { DeliveryFailure } from '../platform/outbox/deliver-failure.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { eraseUnusedRecordings } from './erase-unused-recordings.ts';
import { makeReplayFile } from './make-replay-file.ts';
import { planReplay } from './plan-replay.ts';
import { storeReplayFile } from './store-replay-file.ts';

const worker: Actor = { kind: 'system', name: 'replays' };
type Kinds = 'session:ended' | 'replay-file:asked' | 'replay-file:dropped' | 'replay-file:made';

export const replayJobs: Pick<OutboxHandlers, Kinds> = {
  'session:ended': (session, { deps }) => planReplay(worker, session, deps),
  'replay-file:asked': (asked, { deps }) => makeFile(asked, deps),
  'replay-file:dropped': (dropped, { deps }) => eraseFile(dropped, deps),
  'replay-file:made': (made, { deps }) => storeReplayFile(made, deps),
};

/** What no replay uses goes when its event has kept it long enough. */
export function startReplaySchedule(deps: Deps): { stop(): Promise<void> } {
  const isAlone = deps.config.mongodbUri === null;
  const run = () => eraseUnusedRecordings(deps);
  return runSchedule({ name: 'unused-recordings', everyMs: 3_600_000, isAlone, run }, deps);
}

async function makeFile(asked: { replayId: string; fileId: string }, deps: Deps): Promise<void> {
  const result = await makeReplayFile(asked, deps);
  if (!result.ok) throw new DeliveryFailure('unreachable', result.message);
}

/** The recording itself stays: a later cut may show it again. */
async function eraseFile(
  { streamId, fileId }: { streamId: string; fileId: string },
  { media }: Pick<Deps, 'media'>,
): Promise<void> {
  const asked = await media.ask('erase', { streamId, from: 0, to: 0, fileIds: [fileId] });
  if (!asked.ok) throw new DeliveryFailure('unreachable', `The file was not erased: ${asked.message}`);
}
