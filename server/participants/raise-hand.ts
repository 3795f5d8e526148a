import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { ParticipantModel } from './participant.model.ts';
import { authorOf } from './participant.rules.ts';

/** Puts up somebody's hand, once; the caller knows that the room allows it. */
export async function raiseHand(
  eventId: string,
  { participantId, stageId }: { readonly participantId: string; readonly stageId: string | null },
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  await deps.transaction(async () => {
    const raised = await ParticipantModel.findOneAndUpdate(
      {
        _id: participantId,
        eventId,
        raisedHandAt: null,
        bannedAt: null,
        $or: [{ silencedUntil: null }, { silencedUntil: trusted({ $lte: at }) }],
      },
      { $set: { raisedHandAt: at, handStageId: stageId } },
      { returnDocument: 'after' },
    ).lean();
    if (!raised) return;
    const hand = { participant: authorOf(raised), stageId, at: at.toISOString() };
    await appendFacts(eventId, ['moderators'], [{ name: 'hand:raised', hand }], at);
  });
}
