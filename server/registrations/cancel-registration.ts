import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { announceChangedRights } from '../platform/realtime/changed-rights.ts';
import { revokePasses } from '../sign-ins/revoke-passes.ts';
import { RegistrationModel } from './registration.model.ts';
import { getChangeableRegistration } from './registration.queries.ts';
import { releaseSeat } from './release-seat.ts';

/** Ends a place and gives its seat back, once however often it is pressed: the write that ends it decides. */
export async function cancelRegistration(
  actor: Actor,
  input: { readonly registrationId: string },
  deps: Deps,
): Promise<{ ok: true; isRepeat: boolean }> {
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const registration = await getChangeableRegistration(actor, input.registrationId);
    const ended = await RegistrationModel.updateOne(
      { _id: registration._id, status: 'confirmed' },
      {
        // The form that claimed the place is spent: sent again, it claims a new one.
        $set: { status: 'cancelled', cancelledAt: now, emailChange: null, attemptKey: newId() },
        $inc: { revision: 1, inviteSequence: 1 },
      },
    );
    if (ended.modifiedCount === 0) return { ok: true, isRepeat: true };
    await releaseSeat(registration.eventId);
    await revokePasses(registration._id, 'join', deps);
    afterCommit(() => announceChangedRights({ registrationId: registration._id, email: registration.email }));
    await addOutboxMessages([
      {
        message: {
          kind: 'registration:cancelled',
          payload: {
            registrationId: registration._id,
            inviteUid: registration.inviteUid,
            inviteSequence: registration.inviteSequence + 1,
          },
        },
        options: {
          at: now,
          dedupeKey: `registration:cancelled:${registration._id}:${registration.inviteUid}`,
          orderKey: `registration:${registration._id}`,
        },
      },
    ]);
    await recordAuditEntry(actor, {
      at: now,
      organiserId: registration.organiserId,
      action: 'registration:cancelled',
      subject: { noun: 'registration', id: registration._id },
    });
    return { ok: true, isRepeat: false };
  });
}
