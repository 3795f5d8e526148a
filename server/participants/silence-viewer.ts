import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { tellPerson } from '../platform/realtime/tell-person.ts';
import type { InRoom } from './enter-live-room.ts';
import { findHolder } from './holder.queries.ts';
import { ParticipantModel } from './participant.model.ts';
import { getModeratedPerson } from './participant.queries.ts';
import { factsOfDecision } from './participant.rules.ts';

/** Lets somebody only read for a while; 0 minutes lets them speak again. */
export async function silenceViewer(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { participantId, minutes }: LiveMessage<'viewer:silence'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = event._id;
  const until = minutes === 0 ? null : new Date(at.getTime() + minutes * 60_000);
  await deps.transaction(async () => {
    const before = await getModeratedPerson(eventId, participantId);
    if (!until && !before.silencedUntil) return;
    const lowersHand = until ? { raisedHandAt: null, handStageId: null } : {};
    const after = await ParticipantModel.findOneAndUpdate(
      { _id: participantId, eventId, memberId: null },
      { $set: { silencedUntil: until, ...lowersHand } },
      { returnDocument: 'after' },
    ).lean();
    if (!after) return;
    await appendFacts(eventId, ['moderators'], factsOfDecision(before, after, at), at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: until ? 'viewer:silenced' : 'viewer:unsilenced',
      subject: { noun: 'participant', id: participantId },
      changes: { eventId, minutes },
    });
    const holder = await findHolder(after);
    if (holder) afterCommit(() => tellPerson(holder, { eventId, until: until?.toISOString() ?? null }));
  });
}
