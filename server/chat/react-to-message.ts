import type { LiveMessage } from '../contracts/live-messages.ts';
import type { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { reactToMessages, type ReactionPress } from './react-to-messages.ts';

/** Counts may come a moment later than words: a message that many like is one fact, not a hundred. */
const waitMs = 100;
const queues = new WeakMap<Deps, (eventId: string, press: ReactionPress) => Promise<AppError | null>>();

/** Sets or takes back one's own reaction. Waits with others for one transaction, so never call this inside one. */
export async function reactToMessage(
  { event, right, me }: Pick<InRoom, 'event' | 'right' | 'me'>,
  { messageId, kind, isOn }: LiveMessage<'chat:react'>,
  deps: Deps,
): Promise<void> {
  const mayReadBackstage = roleMay(right.role, 'backstage:read');
  const press = { participantId: me._id, mayReadBackstage, messageId, kind, isOn };
  const refusal = await queueOf(deps)(event._id, press);
  if (refusal) throw refusal;
}

function queueOf(deps: Deps) {
  let queue = queues.get(deps);
  if (!queue) {
    queue = gatherByKey(
      (eventId, presses: readonly ReactionPress[]) => reactToMessages(eventId, presses, deps),
      { atMost: 200, waitMs },
    );
    queues.set(deps, queue);
  }
  return queue;
}
