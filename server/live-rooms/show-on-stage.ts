import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { LiveRoomModel } from './live-room.model.ts';
import { getLiveRoomSettings } from './live-room.queries.ts';

/**
 * Puts a question or a poll on the page for the video mixer, or clears it. The page itself shows only what viewers
 * may see, so an id of a draft or of nothing is an empty stage; the last press stands.
 */
export async function showOnStage(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { item }: LiveMessage<'stage-view:show'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = event._id;
  await deps.transaction(async () => {
    const { room: before } = await getLiveRoomSettings(eventId);
    if (before.stageView?.kind === item?.kind && before.stageView?.id === item?.id) return;
    await LiveRoomModel.updateOne(
      { _id: eventId },
      {
        $set: { stageView: item },
        $inc: { revision: 1 },
        $setOnInsert: { organiserId: event.organiserId },
      },
      { upsert: true },
    );
    const { room } = await getLiveRoomSettings(eventId);
    await appendFacts(eventId, ['viewers', 'moderators', 'backstage'], [{ name: 'room:changed', room }], at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'stage-view:changed',
      subject: { noun: 'event', id: eventId },
      changes: { before: before.stageView, after: item },
    });
  });
}
