import { trusted } from 'mongoose';
import { liveFact, type LiveAudience, type LiveFact } from '../contracts/live-facts.ts';
import { LiveFactModel } from './live-fact.model.ts';

/**
 * Puts another fact in the place of stored ones, so that nobody who comes back is told what was taken away. The
 * numbers stay. Call it in the transaction that appends the fact of the taking away: followers forget by that one.
 */
export async function eraseFacts(
  eventId: string,
  audience: LiveAudience,
  seqs: readonly number[],
  instead: LiveFact,
): Promise<void> {
  if (seqs.length === 0) return;
  await LiveFactModel.updateMany(
    { eventId, audience, seq: trusted({ $in: [...seqs] }) },
    { $set: { fact: liveFact.parse(instead) } },
  );
}
