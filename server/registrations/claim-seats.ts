import { trusted } from 'mongoose';
import { SeatsModel } from './seats.model.ts';

/**
 * Takes `count` seats of an event if they are all there, and says whether it did. The condition is in the write
 * itself, so it holds between any number of processes. Call inside the transaction that stores the registrations.
 */
export async function claimSeats(eventId: string, count: number): Promise<boolean> {
  const limited = await SeatsModel.updateOne(
    { _id: eventId, closedAt: null, remaining: trusted({ $gte: count }) },
    { $inc: { remaining: -count, taken: count } },
  );
  if (limited.modifiedCount === 1) return true;
  const unlimited = await SeatsModel.updateOne(
    { _id: eventId, closedAt: null, capacity: null },
    { $inc: { taken: count } },
  );
  return unlimited.modifiedCount === 1;
}
