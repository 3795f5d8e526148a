import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import type { RightsHolder } from '../platform/realtime/changed-rights.ts';
import type { InRoom } from './enter-live-room.ts';
import { findHolder } from './holder.queries.ts';
import { ParticipantModel, type Participant } from './participant.model.ts';
import { factsOfDecision } from './participant.rules.ts';

export interface Decision {
  readonly before: Participant;
  readonly change: Partial<Pick<Participant, 'bannedAt' | 'silencedUntil'>>;
  /** They may speak no more, so their hand goes down. */
  readonly lowersHand: boolean;
  readonly action: `viewer:${string}`;
  readonly details: Readonly<Record<string, unknown>>;
  /** Called once it is committed. */
  readonly tell: (holder: RightsHolder) => void;
}

/** Writes what a moderator decided about somebody, in the transaction that read `before`: told, audited, heard. */
export async function recordDecision(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { before, change, lowersHand, action, details, tell }: Decision,
  at: Date,
): Promise<void> {
  const eventId = event._id;
  const after = await ParticipantModel.findOneAndUpdate(
    { _id: before._id, eventId, memberId: null, bannedAt: before.bannedAt ?? null },
    { $set: { ...change, ...(lowersHand && { raisedHandAt: null, handStageId: null }) } },
    { returnDocument: 'after' },
  ).lean();
  if (!after) return;
  await appendFacts(eventId, ['moderators'], factsOfDecision(before, after, at), at);
  await recordAuditEntry(actor, {
    at,
    organiserId: event.organiserId,
    action,
    subject: { noun: 'participant', id: before._id },
    changes: { eventId, ...details },
  });
  const holder = await findHolder(after);
  if (holder) afterCommit(() => tell(holder));
}
