import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import { SignInModel, type SignIn } from './sign-in.model.ts';
import { isSignInOpen, seenEveryMs } from './sign-in.rules.ts';

export interface ListedSignIn {
  readonly id: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly isThisOne: boolean;
}

export async function findPendingSignIn(
  signInId: string,
  now: Date,
): Promise<{ signInId: string; memberId: string } | null> {
  const signIn = await SignInModel.findOne({ _id: signInId, kind: 'member-pending' }).lean();
  return signIn?.memberId && isSignInOpen(signIn, now) ? { signInId, memberId: signIn.memberId } : null;
}

/** Where the person is signed in now, this device first, then the one used last. */
export async function listSignIns(actor: Actor, now: Date): Promise<ListedSignIn[]> {
  const open = await findOwnOpenSignIns(actor, now);
  return open
    .map(({ _id, device, createdAt, lastSeenAt }) => ({
      id: _id,
      device,
      createdAt,
      lastSeenAt,
      isThisOne: 'signInId' in actor && actor.signInId === _id,
    }))
    .sort(
      (a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.lastSeenAt.getTime() - a.lastSeenAt.getTime(),
    );
}

/** Scoped by the proved address of the one who asks. Throws `not-signed-in` for everybody else. */
export async function findOwnOpenSignIns(actor: Actor, now: Date): Promise<SignIn[]> {
  if (actor.kind !== 'attendee' && actor.kind !== 'member')
    throw new AppError('not-signed-in', 'Sign in to see where you are signed in.');
  const signIns = await SignInModel.find({
    email: actor.email,
    kind: trusted({ $in: ['attendee', 'member'] }),
    revokedAt: null,
  }).lean();
  return signIns.filter((signIn) => isSignInOpen(signIn, now));
}

/** On how many devices one registration's join link is open now. */
export async function countJoinDevices(registrationId: string, now: Date): Promise<number> {
  const passes = await SignInModel.find({ registrationId, kind: 'join', revokedAt: null }).lean();
  return passes.filter((pass) => isSignInOpen(pass, now)).length;
}

/** Which of these are open and were seen lately, so that nothing about them needs to be written down either. */
export async function listFreshSignIns(ids: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  const found = await SignInModel.find({ _id: trusted({ $in: [...ids] }) }).lean();
  return new Set(
    found
      .filter(
        (signIn) => isSignInOpen(signIn, now) && now.getTime() - signIn.lastSeenAt.getTime() < seenEveryMs,
      )
      .map(({ _id }) => _id),
  );
}
