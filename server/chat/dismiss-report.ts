import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { ChatMessageModel } from './chat-message.model.ts';
import { getMessageInRoom } from './chat.queries.ts';

/** A moderator has looked and leaves the message; a later report by somebody else counts anew. */
export async function dismissReport(
  room: Pick<InRoom, 'event' | 'right' | 'actor'>,
  messageId: string,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const { event, actor } = room;
  await deps.transaction(async () => {
    await getMessageInRoom(room, messageId);
    const { modifiedCount } = await ChatMessageModel.updateOne(
      { _id: messageId, eventId: event._id, reportCount: trusted({ $gt: 0 }) },
      { $set: { reportCount: 0, reportReason: '' } },
    );
    if (modifiedCount === 0) return;
    const fact = { name: 'chat:reported', messageId, report: null } as const;
    await appendFacts(event._id, ['moderators'], [fact], at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'chat-report:dismissed',
      subject: { noun: 'chat-message', id: messageId },
      changes: { eventId: event._id },
    });
  });
}
