import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { RoomSettings } from '../contracts/live-room-settings.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { LiveRoomModel } from './live-room.model.ts';
import { getLiveRoomSettings } from './live-room.queries.ts';

/** Changes how a room is run, unless somebody changed it since the moderator looked. Everybody hears of it. */
export async function changeLiveRoom(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { changes, revision }: LiveMessage<'room:change'>,
  deps: Deps,
): Promise<RoomSettings> {
  const at = deps.clock.now();
  const eventId = event._id;
  return deps.transaction(async () => {
    await LiveRoomModel.updateOne(
      { _id: eventId },
      { $setOnInsert: { organiserId: event.organiserId } },
      { upsert: true },
    );
    const { room: before } = await getLiveRoomSettings(eventId);
    const { modifiedCount } = await LiveRoomModel.updateOne(
      { _id: eventId, revision },
      { $set: changes, $inc: { revision: 1 } },
    );
    if (modifiedCount === 0)
      throw new AppError(
        'conflict',
        'Somebody else changed the room a moment ago. See how it is now, then change it again.',
      );
    const { room } = await getLiveRoomSettings(eventId);
    await appendFacts(eventId, ['viewers', 'moderators', 'backstage'], [{ name: 'room:changed', room }], at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'room:changed',
      subject: { noun: 'event', id: eventId },
      changes: changesBetween(before, room),
    });
    return room;
  });
}

function changesBetween(before: RoomSettings, after: RoomSettings): Record<string, unknown> {
  const names = Object.keys(after) as (keyof RoomSettings)[];
  return Object.fromEntries(
    names
      .filter((name) => name !== 'revision' && name !== 'stageView' && before[name] !== after[name])
      .map((name) => [name, { before: before[name], after: after[name] }]),
  );
}
