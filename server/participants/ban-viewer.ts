import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { announceChangedRights } from '../platform/realtime/changed-rights.ts';
import type { InRoom } from './enter-live-room.ts';
import { findHolder } from './holder.queries.ts';
import { ParticipantModel } from './participant.model.ts';
import { getModeratedPerson } from './participant.queries.ts';
import { factsOfDecision } from './participant.rules.ts';

/** Sends somebody out of the live room, on all devices and at once, or lets them in again. */
export async function banViewer(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { participantId, isBanned }: LiveMessage<'viewer:ban'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = event._id;
  await deps.transaction(async () => {
    const before = await getModeratedPerson(eventId, participantId);
    if (Boolean(before.bannedAt) === isBanned) return;
    const lowersHand = isBanned ? { raisedHandAt: null, handStageId: null } : {};
    const after = await ParticipantModel.findOneAndUpdate(
      { _id: participantId, eventId, memberId: null, bannedAt: before.bannedAt ?? null },
      { $set: { bannedAt: isBanned ? at : null, ...lowersHand } },
      { returnDocument: 'after' },
    ).lean();
    if (!after) return;
    await appendFacts(eventId, ['moderators'], factsOfDecision(before, after, at), at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: isBanned ? 'viewer:banned' : 'viewer:unbanned',
      subject: { noun: 'participant', id: participantId },
      changes: { eventId },
    });
    const holder = await findHolder(after);
    if (holder) afterCommit(() => announceChangedRights(holder));
  });
}
