import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { eraseFacts } from '../live-log/erase-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { ChatMessageModel } from './chat-message.model.ts';
import { erased } from './chat.rules.ts';

/** Takes away everything that was said on a stage up to now, as `deleteMessage` does for one. */
export async function clearChat(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  stageId: string | null,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = event._id;
  await deps.transaction(async () => {
    const standing = { eventId, channel: 'stage', stageId, deletedAt: null } as const;
    const messages = await ChatMessageModel.find(standing, { seq: 1, audienceSeq: 1 }).lean();
    if (messages.length === 0) return;
    const fact = { name: 'chat:cleared', stageId } as const;
    await ChatMessageModel.updateMany(standing, { $set: { ...erased, deletedAt: at } });
    await eraseFacts(
      eventId,
      'viewers',
      messages.map(({ audienceSeq }) => audienceSeq),
      fact,
    );
    await eraseFacts(
      eventId,
      'moderators',
      messages.map(({ seq }) => seq),
      fact,
    );
    await appendFacts(eventId, ['viewers', 'moderators'], [fact], at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'chat:cleared',
      subject: { noun: 'event', id: eventId },
      changes: { stageId, messages: messages.length },
    });
  });
}
