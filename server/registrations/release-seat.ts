import { SeatsModel } from './seats.model.ts';
import { remainingSeats } from './seats.rules.ts';

/** Gives one seat back. Call inside the transaction that ends the registration, and only if that write ended it. */
export async function releaseSeat(eventId: string): Promise<void> {
  const seats = await SeatsModel.findOneAndUpdate(
    { _id: eventId },
    { $inc: { taken: -1 } },
    { returnDocument: 'after' },
  ).lean();
  if (!seats || seats.capacity === null) return;
  await SeatsModel.updateOne(
    { _id: eventId },
    { $set: { remaining: remainingSeats(seats.capacity ?? null, seats.taken) } },
  );
}
