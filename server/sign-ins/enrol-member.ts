import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { enrolSecondFactor } from '../organisers/enrol-second-factor.ts';
import { findMember } from '../organisers/organiser.queries.ts';
import { authenticatorUri, secretOfBytes } from '../organisers/second-factor.rules.ts';
import { confirmSignIn, type ConfirmedSignIn } from './confirm-sign-in.ts';
import { findPendingSignIn } from './sign-in.queries.ts';

/** What the enrolment page shows. It follows from the pending sign-in, so showing it stores nothing. */
export async function startEnrolment(
  signInId: string,
  deps: Deps,
): Promise<{ readonly secret: string; readonly uri: string } | null> {
  const pending = await findPendingSignIn(signInId, deps.clock.now());
  const member = pending && (await findMember(pending.memberId));
  if (!member || member.totpSecret) return null;
  const secret = secretOf(signInId, deps);
  return { secret, uri: authenticatorUri(secret, 'Plenary', member.email) };
}

export type EnrolledMember =
  | { readonly ok: true; readonly signIn: ConfirmedSignIn; readonly recoveryCodes: readonly string[] }
  | { readonly ok: false; readonly reason: 'wrong' | 'already-enrolled' | 'over' };

/** Turns the second step on and, as the code has just been given, signs the member in. */
export async function enrolMember(
  actor: Actor,
  input: { readonly signInId: string; readonly code: string },
  deps: Deps,
): Promise<EnrolledMember> {
  const { signInId, code } = input;
  const pending = await findPendingSignIn(signInId, deps.clock.now());
  if (!pending) return { ok: false, reason: 'over' };
  return deps.transaction(async () => {
    const secret = secretOf(signInId, deps);
    const enrolment = await enrolSecondFactor(actor, { memberId: pending.memberId, secret, code }, deps);
    if (!enrolment.ok) return enrolment;
    const signIn = await confirmSignIn(pending, 'enrolment', deps);
    // Thrown, not returned: an authenticator must not stay enrolled by a sign-in that has ended meanwhile.
    if (!signIn) throw new Error('The pending sign-in ended during enrolment');
    return { ok: true, signIn, recoveryCodes: enrolment.recoveryCodes };
  });
}

const secretOf = (signInId: string, deps: Deps): string =>
  secretOfBytes(Buffer.from(deps.secrets.sign('totp-enrolment', signInId), 'base64url'));
