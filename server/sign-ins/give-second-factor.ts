import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { checkSecondFactor } from '../organisers/check-second-factor.ts';
import { confirmSignIn, type ConfirmedSignIn } from './confirm-sign-in.ts';
import { findPendingSignIn } from './sign-in.queries.ts';

export type GivenSecondFactor =
  | { readonly ok: true; readonly signIn: ConfirmedSignIn }
  | { readonly ok: false; readonly reason: 'wrong' | 'reused' | 'locked' | 'not-enrolled' | 'over' };

/** Turns a member's pending sign-in into a real one by a code of their app or a recovery code. */
export async function giveSecondFactor(
  actor: Actor,
  input: { readonly signInId: string; readonly kind: 'totp' | 'recovery'; readonly code: string },
  deps: Deps,
): Promise<GivenSecondFactor> {
  const pending = await findPendingSignIn(input.signInId, deps.clock.now());
  if (!pending) return { ok: false, reason: 'over' };
  const check = await checkSecondFactor(actor, { ...input, memberId: pending.memberId }, deps);
  if (!check.ok) return check;
  const signIn = await deps.transaction(() => confirmSignIn(pending, input.kind, deps));
  return signIn ? { ok: true, signIn } : { ok: false, reason: 'over' };
}
