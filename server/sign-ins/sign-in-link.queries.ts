import { trusted } from 'mongoose';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { SignInLinkModel, type SignInLink } from './sign-in-link.model.ts';

export type LinkStanding = 'ready' | 'other-browser' | 'used' | 'expired' | 'unknown';

/** How a link stands for the browser that holds `deviceToken`. Changes nothing: mail scanners ask too. */
export async function findLinkStanding(
  token: string,
  deviceToken: string | null,
  now: Date,
): Promise<{ standing: LinkStanding; next: string | null }> {
  const link = await SignInLinkModel.findOne({ tokenHash: hashToken(token) }).lean();
  return { standing: standingOf(link, deviceToken, now), next: link?.next ?? null };
}

function standingOf(link: SignInLink | null, deviceToken: string | null, now: Date): LinkStanding {
  if (!link) return 'unknown';
  if (link.usedAt) return 'used';
  if (link.expiresAt <= now) return 'expired';
  return deviceToken !== null && hashToken(deviceToken) === link.deviceHash ? 'ready' : 'other-browser';
}

/** The request that this very browser made, or null. */
export async function findOwnLink(attempt: string, deviceToken: string | null): Promise<SignInLink | null> {
  if (!deviceToken) return null;
  return SignInLinkModel.findOne({ _id: attempt, deviceHash: hashToken(deviceToken) }).lean();
}

export async function isLinkStillWanted(signInLinkId: string, now: Date): Promise<boolean> {
  const link = await SignInLinkModel.findOne({ _id: signInLinkId }).lean();
  return link !== null && !link.usedAt && link.expiresAt > now;
}

/** Codes typed for an address in the last day, over all its links. */
export async function countCodeTries(email: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - 24 * 3600_000);
  const links = await SignInLinkModel.find({ email, createdAt: trusted({ $gt: since }) })
    .select({ codeTries: 1 })
    .lean();
  return links.reduce((sum, link) => sum + link.codeTries, 0);
}
