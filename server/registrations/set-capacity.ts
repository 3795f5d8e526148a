import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { findSeats } from './seats.queries.ts';
import { SeatsModel } from './seats.model.ts';
import { remainingSeats } from './seats.rules.ts';

/**
 * Makes or changes the number of places; null sells without limit. Below what is taken, everybody keeps their
 * place and nothing more is sold. Call it in the transaction that creates or edits the event.
 */
export async function setCapacity(
  actor: Actor,
  input: { eventId: string; capacity: number | null },
  deps: Pick<Deps, 'transaction'>,
): Promise<{ ok: true; taken: number }> {
  return deps.transaction(async () => {
    const event = await getEvent(input.eventId);
    requirePermission(actor, 'event:edit', event.organiserId);
    const taken = (await findSeats(input.eventId))?.taken ?? 0;
    await SeatsModel.updateOne(
      { _id: input.eventId },
      {
        $set: { capacity: input.capacity, remaining: remainingSeats(input.capacity, taken) },
        $setOnInsert: { taken: 0 },
      },
      { upsert: true },
    );
    return { ok: true, taken };
  });
}
