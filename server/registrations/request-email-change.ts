import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { RegistrationModel } from './registration.model.ts';
import { getOwnRegistration } from './registration.queries.ts';
import { emailChangeLifeInHours } from './registration.rules.ts';

export type RequestEmailChangeResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'not-confirmed' | 'own-address' };

/**
 * Writes to a new address; the place moves when its owner opens the link. Whether that address has a place of its
 * own is not said here, where anybody could try addresses, but to its owner when they confirm.
 */
export async function requestEmailChange(
  actor: Actor,
  input: { readonly registrationId: string; readonly email: string },
  deps: Deps,
): Promise<RequestEmailChangeResult> {
  const now = deps.clock.now();
  const requestId = newId();
  const expiresAt = new Date(now.getTime() + emailChangeLifeInHours * 3_600_000);
  return deps.transaction(async () => {
    const registration = await getOwnRegistration(actor, input.registrationId);
    if (registration.email === input.email) return { ok: false, reason: 'own-address' };
    const stored = await RegistrationModel.updateOne(
      { _id: registration._id, status: 'confirmed' },
      { $set: { emailChange: { requestId, email: input.email, expiresAt } } },
    );
    if (stored.matchedCount === 0) return { ok: false, reason: 'not-confirmed' };
    await addOutboxMessages([
      {
        message: {
          kind: 'registration:email-change-requested',
          payload: { registrationId: registration._id, requestId },
        },
        options: { at: now, dedupeKey: `registration:email-change-requested:${requestId}`, priority: 0 },
      },
    ]);
    await recordAuditEntry(actor, {
      at: now,
      organiserId: registration.organiserId,
      action: 'registration:email-change-requested',
      subject: { noun: 'registration', id: registration._id },
    });
    return { ok: true };
  });
}
