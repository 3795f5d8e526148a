import type { LiveMessage } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { requireVoice } from '../participants/participant.rules.ts';
import { raiseHand } from '../participants/raise-hand.ts';
import { getLiveRoomSettings } from './live-room.queries.ts';
import { isStageOf } from './live-room.rules.ts';

/** Raises a hand where the room is run with hands. */
export async function allowHand(
  { event, me }: Pick<InRoom, 'event' | 'me'>,
  { stageId }: LiveMessage<'hand:raise'>,
  deps: Deps,
): Promise<void> {
  requireVoice(me, deps.clock.now());
  if (!isStageOf(event, stageId))
    throw new AppError('invalid', 'This event has no such stage. Reload the page and try again.');
  await deps.transaction(async () => {
    const { room } = await getLiveRoomSettings(event._id);
    if (!room.allowsHandRaise) throw new AppError('conflict', 'Hands cannot be raised here just now.');
    await raiseHand(event._id, { participantId: me._id, stageId }, deps);
  });
}
