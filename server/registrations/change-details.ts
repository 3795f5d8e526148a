import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { RegistrationDetails } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { openAccessNeeds, sealAccessNeeds } from './seal-access-needs.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';
import { getOwnRegistration } from './registration.queries.ts';
import { consentChanges, consentsGiven, differencesBetween, type Difference } from './registration.rules.ts';

export type ChangeDetailsResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-confirmed' }
  /** Somebody saved since this form was opened: what now stands, where it differs from what was typed. */
  | {
      readonly ok: false;
      readonly reason: 'changed-elsewhere';
      readonly revision: number;
      readonly differences: readonly Difference[];
    };

/** Saves what a holder says about themselves; consents that change get a row with its time and wording. */
export async function changeDetails(
  actor: Actor,
  input: {
    readonly registrationId: string;
    readonly details: RegistrationDetails;
    readonly revision: number;
  },
  deps: Deps,
): Promise<ChangeDetailsResult> {
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const registration = await getOwnRegistration(actor, input.registrationId);
    if (registration.status !== 'confirmed') return { ok: false, reason: 'not-confirmed' };
    const event = await getEvent(registration.eventId);
    const { consentIds, accessNeeds, ...typed } = input.details;
    const stored = detailsOf(registration, deps);
    const differences = differencesBetween(stored, input.details, event.questions);
    const said = consentChanges(registration.consents, event.consents, consentIds);
    const saved = await RegistrationModel.updateOne(
      { _id: registration._id, status: 'confirmed', revision: input.revision },
      {
        $set: {
          ...typed,
          accessNeeds:
            accessNeeds === stored.accessNeeds
              ? registration.accessNeeds
              : sealAccessNeeds(registration._id, accessNeeds, deps.secrets),
        },
        $push: {
          consents: {
            $each: said.map((row) => ({ ...row, at: now, source: 'registration-page' })),
          },
        },
        $inc: { revision: 1 },
      },
    );
    if (saved.modifiedCount === 0)
      return { ok: false, reason: 'changed-elsewhere', revision: registration.revision, differences };
    await recordAuditEntry(actor, {
      at: now,
      organiserId: registration.organiserId,
      action: 'registration:changed',
      subject: { noun: 'registration', id: registration._id },
      changes: {
        fields: differences.map(({ field }) => field),
        consents: said.map(({ consentId, version, isGiven }) => ({ consentId, version, isGiven })),
      },
    });
    return { ok: true };
  });
}

/** What is stored, as it would have been typed. */
export function detailsOf(registration: Registration, deps: Pick<Deps, 'secrets'>): RegistrationDetails {
  const { name, organisation, jobTitle, answers, consents } = registration;
  const accessNeeds = openAccessNeeds(registration, deps.secrets);
  return { name, organisation, jobTitle, accessNeeds, answers, consentIds: consentsGiven(consents) };
}
