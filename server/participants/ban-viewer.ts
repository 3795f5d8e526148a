import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { announceChangedRights } from '../platform/realtime/changed-rights.ts';
import type { InRoom } from './enter-live-room.ts';
import { getModeratedPerson } from './participant.queries.ts';
import { recordDecision } from './record-decision.ts';

/** Sends somebody out of the live room, on all devices and at once, or lets them in again. */
export async function banViewer(
  room: Pick<InRoom, 'event' | 'actor'>,
  { participantId, isBanned }: LiveMessage<'viewer:ban'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  await deps.transaction(async () => {
    const before = await getModeratedPerson(room.event._id, participantId);
    if (Boolean(before.bannedAt) === isBanned) return;
    const decision = {
      before,
      change: { bannedAt: isBanned ? at : null },
      lowersHand: isBanned,
      action: isBanned ? 'viewer:banned' : 'viewer:unbanned',
      details: {},
      tell: announceChangedRights,
    } as const;
    await recordDecision(room, decision, at);
    if (!isBanned) return;
    const whose = { by: 'participant', participantId } as const;
    await addOutboxMessages([
      { message: { kind: 'viewing:ended', payload: whose }, options: { at, priority: 0 } },
    ]);
  });
}
