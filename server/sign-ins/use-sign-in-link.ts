import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { SignInLinkModel } from './sign-in-link.model.ts';
import { findLinkStanding, type LinkStanding } from './sign-in-link.queries.ts';
import { startSignIn, type StartedSignIn } from './start-sign-in.ts';

/** What a browser brings along when it signs in. */
export interface SignInBrowser {
  readonly device: string;
  readonly deviceToken: string | null;
  /** Of the sign-in it has now, which ends. */
  readonly previousToken: string | null;
}
export type UsedLink =
  | { readonly ok: true; readonly signIn: StartedSignIn; readonly next: string | null }
  | { readonly ok: false; readonly reason: Exclude<LinkStanding, 'ready'> };

/**
 * Signs in the browser that asked for the link, once. Another browser is asked for the code: scanners in front
 * of mailboxes press buttons too, and they do not have the cookie (next-auth#1840).
 */
export async function useSignInLink(
  _actor: Actor,
  input: { readonly token: string; readonly browser: SignInBrowser },
  deps: Deps,
): Promise<UsedLink> {
  const { token, browser } = input;
  const now = deps.clock.now();
  const used = await deps.transaction(async () => {
    const link = await SignInLinkModel.findOneAndUpdate(
      {
        tokenHash: hashToken(token),
        deviceHash: hashToken(browser.deviceToken ?? ''),
        usedAt: null,
        expiresAt: trusted({ $gt: now }),
      },
      { $set: { usedAt: now } },
    ).lean();
    if (!link) return null;
    const signIn = await startSignIn({ ...browser, email: link.email }, now);
    return { ok: true as const, signIn, next: link.next ?? null };
  });
  if (used) return used;
  const { standing } = await findLinkStanding(token, browser.deviceToken, now);
  // Ready after all can only mean that it was made ready again by nobody: treat it as used.
  return { ok: false, reason: standing === 'ready' ? 'used' : standing };
}
