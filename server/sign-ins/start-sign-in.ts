import { findMemberByEmail } from '../organisers/organiser.queries.ts';
import { newId } from '../platform/new-id.ts';
import { hashToken, newToken } from '../platform/secrets/secret-box.ts';
import { endSignIns } from './end-sign-ins.ts';
import { SignInModel } from './sign-in.model.ts';
import { endOfSignIn, idleEndOfSignIn } from './sign-in.rules.ts';

export interface StartedSignIn {
  readonly signInId: string;
  readonly kind: 'attendee' | 'member-pending';
  /** For the cookie; only its hash is stored. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Begins a sign-in for an address that has just been proved, in the caller's transaction. It is always a new one,
 * and the one this browser had ends: an id that was known before signing in is worth nothing after it.
 */
export async function startSignIn(
  input: { readonly email: string; readonly device: string; readonly previousToken: string | null },
  now: Date,
): Promise<StartedSignIn> {
  const member = await findMemberByEmail(input.email);
  const kind = member ? 'member-pending' : 'attendee';
  const token = newToken();
  const signInId = newId();
  const expiresAt = endOfSignIn(kind, now);
  if (input.previousToken) {
    const previous = await SignInModel.find({
      tokenHash: hashToken(input.previousToken),
      revokedAt: null,
    }).lean();
    await endSignIns(previous, now);
  }
  await SignInModel.create([
    {
      _id: signInId,
      tokenHash: hashToken(token),
      kind,
      email: input.email,
      memberId: member?._id ?? null,
      device: input.device,
      createdAt: now,
      lastSeenAt: now,
      idleExpiresAt: idleEndOfSignIn(kind, now, expiresAt),
      expiresAt,
    },
  ]);
  return { signInId, kind, token, expiresAt };
}
