import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Deps } from '../deps.ts';
import { findMember } from '../organisers/organiser.queries.ts';
import { hashToken, newToken } from '../platform/secrets/secret-box.ts';
import { SignInModel } from './sign-in.model.ts';
import { endOfSignIn, idleEndOfSignIn } from './sign-in.rules.ts';

export interface ConfirmedSignIn {
  readonly token: string;
  readonly expiresAt: Date;
}

/** The last step of a member's sign-in, in the caller's transaction: a new token, because the rights changed. */
export async function confirmSignIn(
  pending: { readonly signInId: string; readonly memberId: string },
  factor: 'totp' | 'recovery' | 'enrolment',
  deps: Deps,
): Promise<ConfirmedSignIn | null> {
  const now = deps.clock.now();
  const member = await findMember(pending.memberId);
  if (!member) return null;
  const token = newToken();
  const expiresAt = endOfSignIn('member', now);
  const { modifiedCount } = await SignInModel.updateOne(
    { _id: pending.signInId, kind: 'member-pending', revokedAt: null, expiresAt: trusted({ $gt: now }) },
    {
      $set: {
        kind: 'member',
        tokenHash: hashToken(token),
        lastSeenAt: now,
        idleExpiresAt: idleEndOfSignIn('member', now, expiresAt),
        expiresAt,
      },
    },
  );
  if (modifiedCount !== 1) return null;
  const { _id: memberId, organiserId, role, email } = member;
  await recordAuditEntry(
    { kind: 'member', memberId, organiserId, role, email, signInId: pending.signInId },
    {
      at: now,
      organiserId,
      action: 'member:signed-in',
      subject: { noun: 'signIn', id: pending.signInId },
      changes: { factor },
    },
  );
  return { token, expiresAt };
}
