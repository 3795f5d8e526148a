import type { Event } from '../events/event.queries.ts';
import { newId } from '../platform/new-id.ts';
import { StreamModel, type Stream } from './stream.model.ts';

/** A stage's stream, made at the first thing an organiser sets or shows there. Call in a transaction. */
export async function openStream(
  event: Pick<Event, '_id' | 'organiserId'>,
  stageId: string | null,
  at: Date,
): Promise<Stream> {
  const { _id: eventId, organiserId } = event;
  const stream = await StreamModel.findOneAndUpdate(
    { eventId, stageId },
    { $setOnInsert: { _id: newId(), organiserId, shows: 'encoder', createdAt: at } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  if (!stream) throw new Error('A stream was not stored');
  return stream;
}
