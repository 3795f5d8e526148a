import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { tellPerson } from '../platform/realtime/tell-person.ts';
import type { InRoom } from './enter-live-room.ts';
import { getModeratedPerson } from './participant.queries.ts';
import { recordDecision, type Decision } from './record-decision.ts';

/** Lets somebody only read for a while; 0 minutes lets them speak again. */
export async function silenceViewer(
  room: Pick<InRoom, 'event' | 'actor'>,
  { participantId, minutes }: LiveMessage<'viewer:silence'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = room.event._id;
  const until = minutes === 0 ? null : new Date(at.getTime() + minutes * 60_000);
  await deps.transaction(async () => {
    const before = await getModeratedPerson(eventId, participantId);
    if (!until && !before.silencedUntil) return;
    const decision = {
      before,
      change: { silencedUntil: until },
      lowersHand: until !== null,
      action: until ? 'viewer:silenced' : 'viewer:unsilenced',
      details: { minutes },
      tell: (holder) => tellPerson(holder, { eventId, until: until?.toISOString() ?? null }),
    } satisfies Decision;
    await recordDecision(room, decision, at);
  });
}
