import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { endSignIns } from './end-sign-ins.ts';
import { passTokens, signInToken } from './resolve-sign-ins.ts';
import { SignInModel } from './sign-in.model.ts';

/** Signs out: everything this browser holds ends, passes too, because the next person may sit at the same desk. */
export async function endVisit(cookieHeader: string | undefined, deps: Deps): Promise<void> {
  const signIn = signInToken(cookieHeader, deps);
  const hashes = [...(signIn ? [signIn] : []), ...passTokens(cookieHeader, deps)].map(hashToken);
  if (hashes.length === 0) return;
  await deps.transaction(async () => {
    const held = await SignInModel.find({ tokenHash: trusted({ $in: hashes }), revokedAt: null }).lean();
    await endSignIns(held, deps.clock.now());
  });
}
