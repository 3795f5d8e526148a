import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { DeliveryFailure } from '../platform/outbox/deliver-failure.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { makeReplayFile } from './make-replay-file.ts';
import { planReplay } from './plan-replay.ts';
import { storeReplayFile } from './store-replay-file.ts';

const worker: Actor = { kind: 'system', name: 'replays' };
type Kinds = 'session:ended' | 'replay-file:asked' | 'replay-file:made';

export const replayJobs: Pick<OutboxHandlers, Kinds> = {
  'session:ended': (session, { deps }) => planReplay(worker, session, deps),
  'replay-file:asked': (asked, { deps }) => makeFile(asked, deps),
  'replay-file:made': (made, { deps }) => storeReplayFile(made, deps),
};

async function makeFile(asked: { replayId: string; fileId: string }, deps: Deps): Promise<void> {
  const result = await makeReplayFile(asked, deps);
  if (!result.ok) throw new DeliveryFailure('unreachable', result.message);
}
