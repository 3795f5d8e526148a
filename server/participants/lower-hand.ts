import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from './enter-live-room.ts';
import { ParticipantModel } from './participant.model.ts';

/** Takes down one's own hand or, for a moderator, anybody's. */
export async function lowerHand(
  { event, right, me, actor }: Pick<InRoom, 'event' | 'right' | 'me' | 'actor'>,
  participantId: string,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const isOwn = participantId === me._id;
  if (!isOwn && !roleMay(right.role, 'live:moderate')) throw notFound('that person');
  await deps.transaction(async () => {
    const { modifiedCount } = await ParticipantModel.updateOne(
      { _id: participantId, eventId: event._id, raisedHandAt: trusted({ $ne: null }) },
      { $set: { raisedHandAt: null, handStageId: null } },
    );
    if (modifiedCount === 0) return;
    await appendFacts(event._id, ['moderators'], [{ name: 'hand:lowered', participantId }], at);
    if (isOwn) return;
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'hand:lowered',
      subject: { noun: 'participant', id: participantId },
      changes: { eventId: event._id },
    });
  });
}
