import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { SkipReason } from '../platform/outbox/deliver-skip.ts';
import { SuppressionModel } from './suppression.model.ts';

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
