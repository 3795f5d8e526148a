import { trusted } from 'mongoose';
import { SeatsModel, type Seats } from './seats.model.ts';

export async function findSeats(eventId: string): Promise<Seats | null> {
  return SeatsModel.findOne({ _id: eventId }).lean();
}

/** Capacity and how many places are taken, for pages. */
export async function countSeats(eventId: string): Promise<{ capacity: number | null; taken: number }> {
  const seats = await findSeats(eventId);
  return { capacity: seats?.capacity ?? null, taken: seats?.taken ?? 0 };
}

/** The seats of many events by event id, for lists; an event nobody could register for yet is not in it. */
export async function countSeatsOfEvents(
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, { capacity: number | null; taken: number }>> {
  const found = await SeatsModel.find({ _id: trusted({ $in: [...eventIds] }) }).lean();
  return new Map(found.map(({ _id, capacity, taken }) => [_id, { capacity: capacity ?? null, taken }]));
}
