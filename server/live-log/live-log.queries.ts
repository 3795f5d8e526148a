import { trusted } from 'mongoose';
import { numberedFact, type LiveAudience, type NumberedFact } from '../contracts/live-facts.ts';
import { LiveCounterModel } from './live-counter.model.ts';
import { LiveFactModel } from './live-fact.model.ts';
import { logKey } from './live-log.rules.ts';

/** 0 for a log that nothing was written to. */
export async function getLastSeq(eventId: string, audience: LiveAudience): Promise<number> {
  const counter = await LiveCounterModel.findOne({ _id: logKey(eventId, audience) }).lean();
  return counter?.lastSeq ?? 0;
}

/** Where each of these logs stands, by its key; logs that nothing was written to are missing. */
export async function listLastSeqs(keys: readonly string[]): Promise<Map<string, number>> {
  const counters = await LiveCounterModel.find({ _id: trusted({ $in: [...keys] }) }).lean();
  return new Map(counters.map(({ _id, lastSeq }) => [_id, lastSeq]));
}

/** Facts numbered `after + 1` and up, in order. */
export async function listFactsAfter(
  eventId: string,
  audience: LiveAudience,
  after: number,
  limit: number,
): Promise<NumberedFact[]> {
  const stored = await LiveFactModel.find({ eventId, audience, seq: trusted({ $gt: after }) })
    .sort({ seq: 1 })
    .limit(limit)
    .lean();
  return stored.map(({ seq, at, fact }) =>
    numberedFact.parse({ seq, at: at.toISOString(), fact: fact as unknown }),
  );
}
