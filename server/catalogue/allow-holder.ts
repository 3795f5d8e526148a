import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { findRegistration } from '../registrations/registration.queries.ts';
import { allowAddress } from '../suppressions/allow-address.ts';

/**
 * Lets mail go again to an address that bounced, for who has a place at the event. A complaint or an "unsubscribe"
 * was said by the reader, so no organiser takes it back.
 */
export async function allowHolder(
  actor: Actor,
  input: {
    readonly event: { readonly _id: string; readonly organiserId: string };
    readonly registrationId: string;
  },
  deps: Deps,
): Promise<{ ok: true; wasSuppressed: boolean }> {
  const { event, registrationId } = input;
  requirePermission(actor, 'registration:edit', event.organiserId);
  return deps.transaction(async () => {
    const registration = await findRegistration(registrationId);
    if (registration?.eventId !== event._id) throw notFound('that place');
    return allowAddress(actor, { kind: 'undeliverable', organiserId: '', email: registration.email }, deps);
  });
}
