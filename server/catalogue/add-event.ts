import type { Actor } from '../contracts/actor.ts';
import type { EventForm } from '../contracts/event-form.ts';
import type { Deps } from '../deps.ts';
import { createEvent, slugTaken, type CreateEventResult } from '../events/create-event.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { setCapacity } from '../registrations/set-capacity.ts';

/** A new event and its seats, both or neither. */
export async function addEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly form: EventForm },
  deps: Deps,
): Promise<CreateEventResult> {
  try {
    return await deps.transaction(async () => {
      const result = await createEvent(actor, input, deps);
      if (result.ok)
        await setCapacity(actor, { eventId: result.eventId, capacity: input.form.capacity }, deps);
      return result;
    });
  } catch (error) {
    if (isDuplicateKey(error, 'slug')) return { ok: false, reason: 'invalid', errors: [slugTaken] };
    throw error;
  }
}
