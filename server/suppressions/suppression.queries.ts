import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
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
  const found = await SuppressionModel.find(
    { email: to.address.toLowerCase(), organiserId: trusted({ $in: organiserIds }) },
    { kind: 1 },
  ).lean();
  if (found.length === 0) return null;
  return found.some(({ kind }) => kind !== 'unsubscribed') ? 'suppressed' : 'unsubscribed';
}

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
