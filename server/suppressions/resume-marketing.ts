import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { allowAddress } from './allow-address.ts';
import { SuppressionModel } from './suppression.model.ts';

/**
 * Takes back an earlier "unsubscribe" of people who consent anew, in the transaction of that consent. It is looked
 * for in one read for all of them, because hardly anybody ever unsubscribed before.
 */
export async function resumeMarketing(
  people: readonly { readonly actor: Actor; readonly email: string }[],
  organiserId: string,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  if (people.length === 0) return;
  const kind = 'unsubscribed';
  const ids = people.map(({ email }) => `${kind} ${organiserId} ${email}`);
  const found = await SuppressionModel.find({ _id: trusted({ $in: ids }) }, { email: 1 }).lean();
  const emails = new Set(found.map(({ email }) => email));
  for (const { actor, email } of people)
    if (emails.has(email)) await allowAddress(actor, { kind, organiserId, email }, deps);
}
