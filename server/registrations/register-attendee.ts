import type { Actor } from '../contracts/actor.ts';
import type { RegistrationForm } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { takePlaces, type Application, type RegisterResult } from './take-places.ts';

const queues = new WeakMap<Deps, (eventId: string, application: Application) => Promise<RegisterResult>>();

/**
 * Takes a place at an event, or finds the one this address has. Waits in the event's admission queue, so that a
 * rush becomes a few transactions; the queue opens them, so never call this inside one.
 */
export async function registerAttendee(
  actor: Actor,
  input: { readonly eventId: string; readonly form: RegistrationForm },
  deps: Deps,
): Promise<RegisterResult> {
  return queueOf(deps)(input.eventId, { actor, form: input.form });
}

function queueOf(deps: Deps) {
  let queue = queues.get(deps);
  if (!queue) {
    queue = gatherByKey((eventId, batch: readonly Application[]) => takePlaces(eventId, batch, deps), {
      atMost: 100,
    });
    queues.set(deps, queue);
  }
  return queue;
}
