import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { RegistrationModel } from './registration.model.ts';
import { listConfirmedIds } from './registration.queries.ts';
import { SeatsModel } from './seats.model.ts';

const pageSize = 200;

/**
 * Writes one message to each holder of a place at a cancelled event, a page at a time so that no transaction grows
 * with the event. Each goes behind what the registration still has under way. Call inside a transaction.
 */
export async function tellEventCancelled(
  { eventId, afterId = '' }: OutboxPayload<'event:cancelled'>,
  now: Date,
): Promise<void> {
  // A registration that read the event before it was cancelled writes this document too: it is either among the
  // places below, or starts again and finds the event cancelled.
  if (afterId === '') await SeatsModel.updateOne({ _id: eventId }, { $set: { closedAt: now } });
  const ids = await listConfirmedIds(eventId, { afterId, limit: pageSize });
  const inPage = { _id: trusted({ $in: ids }) };
  await RegistrationModel.updateMany(inPage, { $inc: { inviteSequence: 1 } });
  const places = await RegistrationModel.find(inPage, { inviteUid: 1, inviteSequence: 1 }).lean();
  await addOutboxMessages(
    places.map(({ _id, inviteUid, inviteSequence }) => ({
      message: {
        kind: 'registration:event-cancelled' as const,
        payload: { registrationId: _id, inviteUid, inviteSequence },
      },
      options: {
        at: now,
        dedupeKey: `registration:event-cancelled:${_id}:${inviteUid}`,
        orderKey: `registration:${_id}`,
      },
    })),
  );
  const last = ids.at(-1);
  if (ids.length < pageSize || !last) return;
  await addOutboxMessages([
    {
      message: { kind: 'event:cancelled', payload: { eventId, afterId: last } },
      options: { at: now, dedupeKey: `event:cancelled:${eventId}:${last}` },
    },
  ]);
}
