import { trusted } from 'mongoose';
import { visitor, type Actor, type Pass } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { findMember } from '../organisers/organiser.queries.ts';
import { readTogether } from '../platform/database/read-together.ts';
import { readCookie } from '../platform/http/cookies.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { SignInModel, type SignIn } from './sign-in.model.ts';
import {
  cookieNames,
  idleEndOfSignIn,
  isSignInOpen,
  passesPerBrowser,
  seenEveryMs,
} from './sign-in.rules.ts';

export interface ResolvedSignIns {
  readonly actor: Actor;
  readonly passes: readonly Pass[];
  /** A member who has proved the address and not yet the second factor; as an actor still a visitor. */
  readonly pending: { readonly signInId: string; readonly memberId: string } | null;
}

type CookieDeps = Pick<Deps, 'config' | 'clock'>;
const nobody: ResolvedSignIns = { actor: visitor, passes: [], pending: null };
const tokenPattern = /^[\w-]{43}$/;

/**
 * Who a `Cookie` header stands for now. Sockets ask it at the handshake and again while they are open, so that a
 * sign-in that ended elsewhere, ran out, or changed its role is noticed.
 */
export async function resolveSignIns(
  cookieHeader: string | undefined,
  deps: CookieDeps,
): Promise<ResolvedSignIns> {
  const tokens = { signIn: signInToken(cookieHeader, deps), passes: passTokens(cookieHeader, deps) };
  const hashes = [...(tokens.signIn ? [tokens.signIn] : []), ...tokens.passes].map(hashToken);
  if (hashes.length === 0) return nobody;
  const now = deps.clock.now();
  const stored = await Promise.all([...new Set(hashes)].map((hash) => readSignIn('', hash)));
  const open = stored.filter((signIn) => signIn !== null).filter((signIn) => isSignInOpen(signIn, now));
  await Promise.all(open.map((signIn) => touch(signIn, now)));
  const own = tokens.signIn ? open.find((signIn) => signIn.tokenHash === hashes[0]) : undefined;
  return {
    actor: own ? await actorOf(own) : visitor,
    passes: open.filter((signIn) => signIn !== own).flatMap(passOf),
    pending:
      own?.kind === 'member-pending' && own.memberId ? { signInId: own._id, memberId: own.memberId } : null,
  };
}

const readSignIn = readTogether<SignIn>(
  (_all, hashes) => SignInModel.find({ tokenHash: trusted({ $in: [...hashes] }), revokedAt: null }).lean(),
  ({ tokenHash }) => tokenHash,
);

/** The token in the sign-in cookie, whether it is worth anything or not. */
export function signInToken(
  cookieHeader: string | undefined,
  { config }: Pick<Deps, 'config'>,
): string | null {
  const token = readCookie(cookieHeader, cookieNames.signIn, config.publicUrl);
  return token && tokenPattern.test(token) ? token : null;
}

export function passTokens(cookieHeader: string | undefined, { config }: Pick<Deps, 'config'>): string[] {
  const value = readCookie(cookieHeader, cookieNames.passes, config.publicUrl) ?? '';
  return value
    .split('.')
    .filter((token) => tokenPattern.test(token))
    .slice(0, passesPerBrowser);
}

async function touch(signIn: SignIn, now: Date): Promise<void> {
  if (now.getTime() - signIn.lastSeenAt.getTime() < seenEveryMs) return;
  const idleExpiresAt = idleEndOfSignIn(signIn.kind, now, signIn.expiresAt);
  await SignInModel.updateOne(
    { _id: signIn._id, revokedAt: null, lastSeenAt: signIn.lastSeenAt },
    { $set: { lastSeenAt: now, idleExpiresAt } },
  );
}

async function actorOf(signIn: SignIn): Promise<Actor> {
  const { email, memberId } = signIn;
  if (signIn.kind === 'attendee' && email) return { kind: 'attendee', email, signInId: signIn._id };
  if (signIn.kind !== 'member' || !memberId) return visitor;
  // Read every time: a role that was taken away is gone with the next request.
  const member = await findMember(memberId);
  if (!member) return visitor;
  const { organiserId, role } = member;
  return { kind: 'member', memberId, organiserId, role, email: member.email, signInId: signIn._id };
}

function passOf({ kind, registrationId, eventId, _id }: SignIn): Pass[] {
  if ((kind !== 'join' && kind !== 'manage') || !registrationId || !eventId) return [];
  return [{ kind, registrationId, eventId, signInId: _id }];
}
