import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { EventModel } from './event.model.ts';
import { tellSpeakersChanged } from './tell-speakers-changed.ts';

/**
 * Raises the version that new invites carry, and has the change gathered for those who hold an older one. In the
 * transaction of the change: an invite made a moment later then knows that it tells it already.
 */
export async function tellCalendarsChanged(eventId: string, at: Date): Promise<void> {
  await EventModel.updateOne({ _id: eventId }, { $inc: { toldVersion: 1 } });
  await addOutboxMessages([{ message: { kind: 'event:changed', payload: { eventId } }, options: { at } }]);
  await tellSpeakersChanged([eventId], at);
}
