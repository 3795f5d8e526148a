import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { revokePasses } from '../sign-ins/revoke-passes.ts';
import { RegistrationModel } from './registration.model.ts';
import { getChangeableRegistration } from './registration.queries.ts';

/** Ends every link that was sent for a place and sends its holder new ones: for a mail that went too far. */
export async function revokeJoinLink(
  actor: Actor,
  input: { readonly registrationId: string },
  deps: Deps,
): Promise<{ ok: true } | { ok: false; reason: 'not-confirmed' }> {
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const registration = await getChangeableRegistration(actor, input.registrationId);
    const passVersion = registration.passVersion + 1;
    const revoked = await RegistrationModel.updateOne(
      { _id: registration._id, status: 'confirmed', passVersion: registration.passVersion },
      { $inc: { passVersion: 1, inviteSequence: 1 } },
    );
    if (revoked.modifiedCount === 0) return { ok: false, reason: 'not-confirmed' };
    await revokePasses(registration._id, undefined, deps);
    await addOutboxMessages([
      {
        message: {
          kind: 'registration:links-replaced',
          payload: { registrationId: registration._id, passVersion },
        },
        options: {
          at: now,
          dedupeKey: `registration:links-replaced:${registration._id}:${passVersion}`,
          orderKey: `registration:${registration._id}`,
          priority: 0,
        },
      },
    ]);
    await recordAuditEntry(actor, {
      at: now,
      organiserId: registration.organiserId,
      action: 'registration:link-revoked',
      subject: { noun: 'registration', id: registration._id },
    });
    return { ok: true };
  });
}
