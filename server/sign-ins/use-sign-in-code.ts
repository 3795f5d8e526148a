import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { SignInLinkModel } from './sign-in-link.model.ts';
import { countCodeTries } from './sign-in-link.queries.ts';
import { codeTriesPerAddressAndDay, codeTriesPerLink } from './sign-in.rules.ts';
import { startSignIn, type StartedSignIn } from './start-sign-in.ts';
import type { SignInBrowser } from './use-sign-in-link.ts';

export type UsedCode =
  | { readonly ok: true; readonly signIn: StartedSignIn; readonly next: string | null }
  | { readonly ok: false; readonly reason: 'wrong-code' | 'locked' | 'over' };

/**
 * Signs in by the six digits: in the browser that asked, which names its attempt, or in another one that holds
 * the link itself. A try is counted, on the link's own document, before the digits are looked at.
 */
export async function useSignInCode(
  _actor: Actor,
  input: {
    readonly of: { readonly attempt: string } | { readonly token: string };
    readonly code: string;
    readonly browser: SignInBrowser;
  },
  deps: Deps,
): Promise<UsedCode> {
  const { browser, code } = input;
  const now = deps.clock.now();
  const which =
    'token' in input.of
      ? { tokenHash: hashToken(input.of.token) }
      : { _id: input.of.attempt, deviceHash: hashToken(browser.deviceToken ?? '') };
  const open = () => ({ ...which, usedAt: null, expiresAt: trusted({ $gt: now }) });
  const link = await SignInLinkModel.findOne(open()).lean();
  if (!link) return { ok: false, reason: 'over' };
  if ((await countCodeTries(link.email, now)) >= codeTriesPerAddressAndDay)
    return { ok: false, reason: 'locked' };
  const counted = await SignInLinkModel.updateOne(
    { ...open(), codeTries: trusted({ $lt: codeTriesPerLink }) },
    { $inc: { codeTries: 1 } },
  );
  if (counted.modifiedCount !== 1) return { ok: false, reason: 'locked' };
  if (!deps.secrets.isSignedBy('sign-in-code', `${link._id} ${code}`, link.codeHash))
    return { ok: false, reason: 'wrong-code' };

  return deps.transaction(async () => {
    const { modifiedCount } = await SignInLinkModel.updateOne(open(), { $set: { usedAt: now } });
    if (modifiedCount !== 1) return { ok: false, reason: 'over' };
    const signIn = await startSignIn({ ...browser, email: link.email }, now);
    return { ok: true, signIn, next: link.next ?? null };
  });
}
