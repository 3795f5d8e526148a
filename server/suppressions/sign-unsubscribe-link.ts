import { z } from 'zod';
import type { Deps } from '../deps.ts';

/** Whose marketing mail stops at which address. */
const subscription = z.strictObject({ organiserId: z.string().min(1), email: z.string().min(3) });
export type Subscription = z.infer<typeof subscription>;

const purpose = 'unsubscribe';

/**
 * The way out of one organiser's marketing, for the mail and its List-Unsubscribe header. Sealed rather than only
 * signed: paths end up in the logs of proxies and mail scanners, where no address belongs.
 */
export function unsubscribePath(
  { organiserId, email }: Subscription,
  { secrets }: Pick<Deps, 'secrets'>,
): string {
  return `/unsubscribe/${secrets.encrypt(purpose, JSON.stringify({ organiserId, email: email.toLowerCase() }))}`;
}

/** null for a token that is not ours, or was changed on its way. */
export function readUnsubscribeToken(token: string, { secrets }: Pick<Deps, 'secrets'>): Subscription | null {
  try {
    return subscription.parse(JSON.parse(secrets.decrypt(purpose, token)));
  } catch {
    return null;
  }
}
