import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import type { SkipReason } from '../platform/outbox/deliver-skip.ts';
import { SuppressionModel, type Suppression } from './suppression.model.ts';

/** Why a mail may not go to its recipient; null when it may. What was asked for a moment ago always may. */
export async function findRecipientObstacle({
  to,
  purpose,
  about,
}: Pick<OutboxPayload<'mail:ready'>, 'to' | 'purpose' | 'about'>): Promise<SkipReason | null> {
  if (purpose === 'requested') return null;
  const organiserIds = ['', ...(purpose === 'marketing' && about ? [about.organiserId] : [])];
  const found = (await findSuppressions('', to.address.toLowerCase())).filter(({ organiserId }) =>
    organiserIds.includes(organiserId),
  );
  if (found.length === 0) return null;
  return found.some(({ kind }) => kind !== 'unsubscribed') ? 'suppressed' : 'unsubscribed';
}

/** Asked for each mail just before it leaves: those that ask at the same time are answered by one read. */
const findSuppressions = gatherByKey<string, Pick<Suppression, 'email' | 'kind' | 'organiserId'>[]>(
  async (_key, emails) => {
    const found = await SuppressionModel.find(
      { email: trusted({ $in: [...emails] }) },
      { email: 1, kind: 1, organiserId: 1 },
    ).lean();
    return emails.map((email) => found.filter((one) => one.email === email));
  },
  { atMost: 100, waitMs: 15 },
);

export async function isUnsubscribed(organiserId: string, email: string): Promise<boolean> {
  return (await SuppressionModel.exists({ _id: `unsubscribed ${organiserId} ${email}` })) !== null;
}

export interface SuppressedAddress {
  readonly kind: Suppression['kind'];
  readonly email: string;
  readonly detail: string;
  readonly at: Date;
}

/** Which of these addresses one organiser's mail does not reach, and since when; the newest first. */
export async function listSuppressed(
  organiserId: string,
  emails: readonly string[],
): Promise<SuppressedAddress[]> {
  const found = await SuppressionModel.find({
    email: trusted({ $in: [...emails] }),
    organiserId: trusted({ $in: ['', organiserId] }),
  })
    .sort({ at: -1, _id: 1 })
    .lean();
  return found.map(({ kind, email, detail, at }) => ({ kind, email, detail, at }));
}
