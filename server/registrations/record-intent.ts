import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { comparableAddress } from '../platform/mail/parse-received-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';

export interface Answer {
  readonly uid: string;
  /** Comparable. */
  readonly email: string;
  readonly answer: NonNullable<Registration['intent']>['answer'];
  readonly sequence: number;
  readonly stamp: Date;
  /** False where the mail asked not to be answered. */
  readonly mayOfferRelease: boolean;
}

/**
 * Keeps what a holder's calendar answered to the invite that stands. The place itself is not touched; after the
 * first no to an invite its holder is asked by mail whether the place may go to somebody else.
 */
export async function recordIntent(
  actor: Actor,
  input: Answer,
  deps: Deps,
): Promise<
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-invite' | 'other-version' | 'answered-since' }
> {
  const { uid, email, answer, sequence } = input;
  const at = deps.clock.now();
  // A calendar whose clock is ahead must not outlive every later answer.
  const stamp = input.stamp < at ? input.stamp : at;
  return deps.transaction(async () => {
    const registration = await RegistrationModel.findOne({ inviteUid: uid, status: 'confirmed' }).lean();
    if (!registration || comparableAddress(registration.email) !== email)
      return { ok: false, reason: 'unknown-invite' };
    if (registration.inviteSequence !== sequence) return { ok: false, reason: 'other-version' };
    const isOffer = input.mayOfferRelease && answer === 'declined' && registration.releaseOfferedUid !== uid;
    const { modifiedCount } = await RegistrationModel.updateOne(
      {
        _id: registration._id,
        inviteUid: uid,
        status: 'confirmed',
        inviteSequence: sequence,
        // RFC 5546, 2.1.5: replies overtake each other, and the later version, then the later stamp, counts.
        $or: [
          { intent: null },
          { 'intent.sequence': trusted({ $lt: sequence }) },
          { 'intent.sequence': sequence, 'intent.stamp': trusted({ $lt: stamp }) },
        ],
      },
      { $set: { intent: { answer, sequence, stamp, at }, ...(isOffer ? { releaseOfferedUid: uid } : {}) } },
    );
    if (modifiedCount === 0) return { ok: false, reason: 'answered-since' };
    if (isOffer) await askForRelease(registration, at);
    await recordAuditEntry(actor, {
      at,
      organiserId: registration.organiserId,
      action: 'registration:invite-answered',
      subject: { noun: 'registration', id: registration._id },
      changes: { intent: [registration.intent?.answer ?? null, answer] },
    });
    return { ok: true };
  });
}

const askForRelease = ({ _id, inviteUid }: Registration, at: Date) =>
  addOutboxMessages([
    {
      message: { kind: 'registration:invite-declined', payload: { registrationId: _id, inviteUid } },
      options: {
        at,
        dedupeKey: `registration:invite-declined:${inviteUid}`,
        orderKey: `registration:${_id}`,
      },
    },
  ]);
