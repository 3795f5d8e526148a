import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { LiveRoomModel } from './live-room.model.ts';
import { getLiveRoomSettings } from './live-room.queries.ts';
import { foldedList } from './word-list.rules.ts';

/** Replaces the words that may not be written. Only moderators ever see them, and the audit log only counts them. */
export async function changeWordList(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  words: readonly string[],
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = event._id;
  const folded = foldedList(words);
  await deps.transaction(async () => {
    const before = await getLiveRoomSettings(eventId);
    await LiveRoomModel.updateOne(
      { _id: eventId },
      { $set: { words: folded }, $setOnInsert: { organiserId: event.organiserId } },
      { upsert: true },
    );
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'word-list:changed',
      subject: { noun: 'event', id: eventId },
      changes: { words: { before: before.words.length, after: folded.length } },
    });
  });
}
