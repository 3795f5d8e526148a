import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { announceChangedRights } from '../platform/realtime/changed-rights.ts';
import { revokePasses } from '../sign-ins/revoke-passes.ts';
import { RegistrationModel, type ConsentRow } from './registration.model.ts';
import { findRegistration } from './registration.queries.ts';
import { isConfirmEmailLinkOf } from './sign-links.ts';

export type ConfirmEmailChangeResult =
  | { readonly ok: true; readonly eventId: string }
  | { readonly ok: false; readonly reason: 'wrong-link' | 'expired' | 'address-taken' };

/** Moves a place to the address whose owner opened the link. The link is the proof; who is signed in does not matter. */
export async function confirmEmailChange(
  actor: Actor,
  input: { readonly registrationId: string; readonly signature: string },
  deps: Deps,
): Promise<ConfirmEmailChangeResult> {
  try {
    return await deps.transaction(() => confirm(actor, input, deps));
  } catch (error) {
    if (isDuplicateKey(error)) return { ok: false, reason: 'address-taken' };
    throw error;
  }
}

async function confirm(
  actor: Actor,
  input: { readonly registrationId: string; readonly signature: string },
  deps: Deps,
): Promise<ConfirmEmailChangeResult> {
  const now = deps.clock.now();
  const registration = await findRegistration(input.registrationId);
  const change = registration?.emailChange;
  if (!registration || !change || registration.status !== 'confirmed')
    return { ok: false, reason: 'wrong-link' };
  if (!isConfirmEmailLinkOf(registration, input.signature, deps)) return { ok: false, reason: 'wrong-link' };
  if (now >= change.expiresAt) return { ok: false, reason: 'expired' };

  const earlier = await takeOverCancelled(registration.eventId, change.email);
  if (!earlier) return { ok: false, reason: 'address-taken' };
  const inviteUid = newId();
  const moved = await RegistrationModel.updateOne(
    { _id: registration._id, status: 'confirmed', 'emailChange.requestId': change.requestId },
    {
      $set: {
        email: change.email,
        emailChange: null,
        inviteUid,
        intent: null,
        inviteSequence: 0,
        consents: [...earlier.consents, ...registration.consents],
      },
      $inc: { revision: 1, passVersion: 1 },
    },
  );
  if (moved.modifiedCount === 0) return { ok: false, reason: 'wrong-link' };
  await revokePasses(registration._id, undefined, deps);
  afterCommit(() => announceChangedRights({ registrationId: registration._id, email: registration.email }));
  await addOutboxMessages([
    {
      message: {
        kind: 'registration:email-changed',
        payload: {
          registrationId: registration._id,
          inviteUid,
          previousEmail: registration.email,
          previousName: registration.name,
          previousUid: registration.inviteUid,
          previousSequence: registration.inviteSequence + 1,
        },
      },
      options: {
        at: now,
        dedupeKey: `registration:email-changed:${change.requestId}`,
        orderKey: `registration:${registration._id}`,
      },
    },
  ]);
  await recordAuditEntry(actor, {
    at: now,
    organiserId: registration.organiserId,
    action: 'registration:email-changed',
    subject: { noun: 'registration', id: registration._id },
  });
  return { ok: true, eventId: registration.eventId };
}

/** A cancelled registration of the same person makes room, and leaves what they consented to; null when it is no longer cancelled. */
async function takeOverCancelled(eventId: string, email: string): Promise<{ consents: ConsentRow[] } | null> {
  const earlier = await RegistrationModel.findOne({ eventId, email }).lean();
  if (!earlier) return { consents: [] };
  if (earlier.status !== 'cancelled') return null;
  await RegistrationModel.deleteOne({ _id: earlier._id, status: 'cancelled' });
  return { consents: earlier.consents };
}
