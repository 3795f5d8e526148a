import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { ChatMessageModel } from './chat-message.model.ts';
import { getMessageInRoom } from './chat.queries.ts';
import { audiencesOf } from './chat.rules.ts';

/** Keeps a message on top of its chat, or lets it go. */
export async function pinMessage(
  room: Pick<InRoom, 'event' | 'right' | 'actor'>,
  { messageId, isPinned }: LiveMessage<'chat:pin'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const { event, actor } = room;
  await deps.transaction(async () => {
    const { channel } = await getMessageInRoom(room, messageId);
    const { modifiedCount } = await ChatMessageModel.updateOne(
      { _id: messageId, eventId: event._id, deletedAt: null, isPinned: !isPinned },
      { $set: { isPinned } },
    );
    if (modifiedCount === 0) return;
    await appendFacts(event._id, audiencesOf(channel), [{ name: 'chat:pinned', messageId, isPinned }], at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: isPinned ? 'chat-message:pinned' : 'chat-message:unpinned',
      subject: { noun: 'chat-message', id: messageId },
      changes: { eventId: event._id },
    });
  });
}
