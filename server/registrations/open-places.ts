import { trusted } from 'mongoose';
import { recordAuditEntries } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { RegistrationDetails } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { resumeMarketing } from '../suppressions/resume-marketing.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';
import { consentChanges } from './registration.rules.ts';
import { sealAccessNeeds } from './seal-access-needs.ts';

/** A seat that is claimed, and who is to have it. `previous` is their cancelled registration of this event. */
export interface Opening {
  readonly registrationId: string;
  readonly actor: Actor;
  readonly details: RegistrationDetails & { readonly email: string };
  readonly attempt: { readonly attemptKey: string; readonly attemptSignature: string };
  readonly previous: Registration | null;
}

interface AskingEvent {
  readonly _id: string;
  readonly organiserId: string;
  readonly consents: readonly { readonly id: string; readonly wording: string; readonly version: number }[];
}

/** Stores the registrations for seats that are claimed. Call in the transaction of the claim. */
export async function openPlaces(
  event: AskingEvent,
  openings: readonly Opening[],
  deps: Pick<Deps, 'clock' | 'secrets' | 'transaction'>,
): Promise<{ registrationId: string; inviteUid: string }[]> {
  const now = deps.clock.now();
  const documents = openings.map((opening) => ({ opening, fields: fieldsOf(opening, event, now, deps) }));
  await RegistrationModel.insertMany(
    documents
      .filter(({ opening }) => !opening.previous)
      .map(({ opening, fields }) => ({
        ...fields,
        _id: opening.registrationId,
        eventId: event._id,
        organiserId: event.organiserId,
        email: opening.details.email,
        createdAt: now,
      })),
  );
  for (const { opening, fields } of documents) {
    if (!opening.previous) continue;
    await RegistrationModel.updateOne(
      { _id: opening.registrationId, status: trusted({ $ne: 'confirmed' }) },
      { $set: fields, $inc: { revision: 1 } },
    );
  }
  const consenting = documents.filter(({ fields }) =>
    fields.consents.some(({ isGiven, at }) => isGiven && at === now),
  );
  await resumeMarketing(
    consenting.map(({ opening }) => ({ actor: opening.actor, email: opening.details.email })),
    event.organiserId,
    deps,
  );
  await recordAuditEntries(
    openings.map(({ registrationId, actor, previous }) => ({
      actor,
      row: {
        at: now,
        organiserId: event.organiserId,
        action: previous ? 'registration:reopened' : 'registration:created',
        subject: { noun: 'registration', id: registrationId },
      },
    })),
  );
  return documents.map(({ opening, fields }) => ({
    registrationId: opening.registrationId,
    inviteUid: fields.inviteUid,
  }));
}

function fieldsOf(
  { registrationId, details, attempt, previous }: Opening,
  event: AskingEvent,
  now: Date,
  deps: Pick<Deps, 'secrets'>,
) {
  const { name, organisation, jobTitle, answers, accessNeeds, consentIds } = details;
  const rows = previous?.consents ?? [];
  const said = consentChanges(rows, event.consents, consentIds);
  return {
    name,
    organisation,
    jobTitle,
    answers,
    accessNeeds: sealAccessNeeds(registrationId, accessNeeds, deps.secrets),
    consents: [...rows, ...said.map((row) => ({ ...row, at: now, source: 'registration-form' as const }))],
    status: 'confirmed' as const,
    inviteUid: newId(),
    intent: null,
    inviteSequence: 0,
    attemptKey: attempt.attemptKey,
    attemptSignature: attempt.attemptSignature,
    confirmedAt: now,
    cancelledAt: null,
    isPassedOn: false,
    emailChange: null,
    repeatedAt: null,
  };
}
