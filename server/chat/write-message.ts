import type { ChatMessage } from '../contracts/live-chat.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { isStageOf } from '../live-rooms/live-room.rules.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { writeMessages, type Draft, type WriteResult } from './write-messages.ts';

const queues = new WeakMap<Deps, (eventId: string, draft: Draft) => Promise<WriteResult>>();

/** Says something in a live room. Waits with others for one transaction, so never call this inside one. */
export async function writeMessage(
  { event, right, me }: Pick<InRoom, 'event' | 'right' | 'me'>,
  message: LiveMessage<'chat:post'>,
  deps: Deps,
): Promise<ChatMessage> {
  const { channel, stageId } = message;
  if (channel === 'backstage' && !roleMay(right.role, 'backstage:read')) throw notFound('that chat');
  if (channel === 'stage' && !isStageOf(event, stageId))
    throw new AppError('invalid', 'This event has no such stage. Reload the page and try again.');
  const isModerator = roleMay(right.role, 'live:moderate');
  const result = await queueOf(deps)(event._id, { participantId: me._id, isModerator, message });
  if (!result.ok) throw result.refusal;
  return result.message;
}

function queueOf(deps: Deps) {
  let queue = queues.get(deps);
  if (!queue) {
    queue = gatherByKey((eventId, drafts: readonly Draft[]) => writeMessages(eventId, drafts, deps), {
      atMost: 100,
      nextTurn: true,
    });
    queues.set(deps, queue);
  }
  return queue;
}
