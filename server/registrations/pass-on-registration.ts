import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { announceChangedRights } from '../platform/realtime/changed-rights.ts';
import { revokePasses } from '../sign-ins/revoke-passes.ts';
import { openPlaces } from './open-places.ts';
import { RegistrationModel } from './registration.model.ts';
import { getOwnRegistration } from './registration.queries.ts';

export type PassOnResult =
  | { readonly ok: true; readonly registrationId: string }
  /** 'not-possible' says no more on purpose: whether the colleague has a place is theirs to tell. */
  | { readonly ok: false; readonly reason: 'not-confirmed' | 'over' | 'own-address' | 'not-possible' };

/**
 * Gives a place to a colleague. The seat moves, and nothing else does: what the holder said about themselves, and
 * what they consented to, stays with their own registration.
 */
export async function passOnRegistration(
  actor: Actor,
  input: { readonly registrationId: string; readonly name: string; readonly email: string },
  deps: Deps,
): Promise<PassOnResult> {
  try {
    return await deps.transaction(() => passOn(actor, input, deps));
  } catch (error) {
    // The colleague registered between the look and the write.
    if (isDuplicateKey(error)) return { ok: false, reason: 'not-possible' };
    throw error;
  }
}

async function passOn(
  actor: Actor,
  input: { readonly registrationId: string; readonly name: string; readonly email: string },
  deps: Deps,
): Promise<PassOnResult> {
  const now = deps.clock.now();
  const registration = await getOwnRegistration(actor, input.registrationId);
  const event = await getEvent(registration.eventId);
  if (event.status !== 'published' || now >= event.endsAt) return { ok: false, reason: 'over' };
  if (input.email === registration.email) return { ok: false, reason: 'own-address' };
  const colleague = await RegistrationModel.findOne({ eventId: event._id, email: input.email }).lean();
  if (colleague && colleague.status !== 'cancelled') return { ok: false, reason: 'not-possible' };

  const ended = await RegistrationModel.updateOne(
    { _id: registration._id, status: 'confirmed' },
    {
      $set: {
        status: 'cancelled',
        cancelledAt: now,
        isPassedOn: true,
        emailChange: null,
        attemptKey: newId(),
      },
      $inc: { revision: 1, inviteSequence: 1 },
    },
  );
  if (ended.modifiedCount === 0) return { ok: false, reason: 'not-confirmed' };

  const registrationId = colleague?._id ?? newId();
  const nothingSaid = { organisation: '', jobTitle: '', accessNeeds: '', answers: [], consentIds: [] };
  const opening = {
    registrationId,
    actor,
    details: { ...nothingSaid, name: input.name, email: input.email },
    attempt: { attemptKey: newId(), attemptSignature: 'passed-on' },
    previous: colleague,
  };
  const [opened] = await openPlaces(event, [opening], deps);
  await revokePasses(registration._id, 'join', deps);
  afterCommit(() => announceChangedRights({ registrationId: registration._id, email: registration.email }));
  await addOutboxMessages([
    {
      message: {
        kind: 'registration:passed-on',
        payload: {
          registrationId,
          ...(opened && { inviteUid: opened.inviteUid }),
          previousEmail: registration.email,
          previousName: registration.name,
          previousUid: registration.inviteUid,
          previousSequence: registration.inviteSequence + 1,
        },
      },
      options: {
        at: now,
        dedupeKey: `registration:passed-on:${registration._id}:${registration.inviteUid}`,
        orderKey: `registration:${registrationId}`,
      },
    },
  ]);
  await recordAuditEntry(actor, {
    at: now,
    organiserId: event.organiserId,
    action: 'registration:passed-on',
    subject: { noun: 'registration', id: registration._id },
    changes: { to: registrationId },
  });
  return { ok: true, registrationId };
}
