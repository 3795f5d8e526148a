import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { AppError } from '../contracts/problem.ts';
import type { LiveFact } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { eraseFacts } from '../live-log/erase-facts.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { ChatMessageModel, type StoredChatMessage } from './chat-message.model.ts';
import { getAnyMessageInRoom, shownMessage } from './chat.queries.ts';
import { audiencesOf, erased } from './chat.rules.ts';

/**
 * Takes a message away, by its author or a moderator. Its text is gone from the store, from the facts that somebody
 * who was away is told later, and from the replies that quote it.
 */
export async function deleteMessage(
  room: Pick<InRoom, 'event' | 'right' | 'me' | 'actor'>,
  messageId: string,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const { event, right, me, actor } = room;
  const eventId = event._id;
  await deps.transaction(async () => {
    const message = await getAnyMessageInRoom(room, messageId);
    const isOwn = message.participantId === me._id;
    if (!isOwn && !roleMay(right.role, 'live:moderate'))
      throw new AppError('forbidden', 'You can delete only your own messages.');
    const { modifiedCount } = await ChatMessageModel.updateOne(
      { _id: messageId, eventId, deletedAt: null },
      { $set: { ...erased, deletedAt: at } },
    );
    if (modifiedCount === 0) return;
    const fact = { name: 'chat:deleted', messageId, by: isOwn ? 'author' : 'moderator' } as const;
    await replaceFact(message, fact);
    await eraseQuotes(eventId, messageId);
    await appendFacts(eventId, audiencesOf(message.channel), [fact], at);
    if (isOwn) return;
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'chat-message:deleted',
      subject: { noun: 'chat-message', id: messageId },
      changes: { eventId },
    });
  });
}

async function replaceFact(message: StoredChatMessage, fact: LiveFact): Promise<void> {
  const [audience = 'viewers'] = audiencesOf(message.channel);
  await eraseFacts(message.eventId, audience, [message.audienceSeq], fact);
  await eraseFacts(message.eventId, 'moderators', [message.seq], fact);
}

async function eraseQuotes(eventId: string, messageId: string): Promise<void> {
  const replies = await ChatMessageModel.find({ eventId, 'replyTo.id': messageId }).lean();
  if (replies.length === 0) return;
  await ChatMessageModel.updateMany({ eventId, 'replyTo.id': messageId }, { $set: { replyTo: null } });
  for (const reply of replies.filter(({ deletedAt }) => !deletedAt)) {
    const reactions = { agree: 0, thanks: 0, love: 0, laugh: 0 };
    const asPosted = { ...reply, replyTo: null, reactions, isPinned: false };
    await replaceFact(reply, { name: 'chat:posted', message: shownMessage(asPosted) });
  }
}
