import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { allowAddress } from '../suppressions/allow-address.ts';
import { resumeMarketing } from '../suppressions/resume-marketing.ts';
import { RegistrationModel } from './registration.model.ts';
import { getOwnRegistration } from './registration.queries.ts';
import { consentChanges } from './registration.rules.ts';

/** Gives and withdraws consents alone: also after the event, and with a place that was cancelled. */
export async function changeConsents(
  actor: Actor,
  input: { readonly registrationId: string; readonly consentIds: readonly string[] },
  deps: Deps,
): Promise<{ ok: true }> {
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const registration = await getOwnRegistration(actor, input.registrationId);
    const event = await getEvent(registration.eventId);
    const said = consentChanges(registration.consents, event.consents, input.consentIds);
    if (said.length === 0) return { ok: true };
    await RegistrationModel.updateOne(
      { _id: registration._id },
      {
        $push: { consents: { $each: said.map((row) => ({ ...row, at, source: 'registration-page' })) } },
        $inc: { revision: 1 },
      },
    );
    if (said.some(({ isGiven }) => isGiven)) {
      const { email, organiserId } = registration;
      await resumeMarketing([{ actor, email }], organiserId, deps);
      // Whoever is here came by a mail to this address, so it is theirs to say that they want mail after all.
      await allowAddress(actor, { kind: 'complaint', organiserId: '', email }, deps);
    }
    await recordAuditEntry(actor, {
      at,
      organiserId: registration.organiserId,
      action: 'registration:consents-changed',
      subject: { noun: 'registration', id: registration._id },
      changes: { consents: said.map(({ consentId, version, isGiven }) => ({ consentId, version, isGiven })) },
    });
    return { ok: true };
  });
}
