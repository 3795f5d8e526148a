import { liveFact, type LiveAudience, type LiveFact } from '../contracts/live-facts.ts';
import { afterCommit } from '../platform/database/transaction.ts';
import { newId } from '../platform/new-id.ts';
import { LiveCounterModel } from './live-counter.model.ts';
import { LiveFactModel } from './live-fact.model.ts';
import { logKey } from './live-log.rules.ts';
import { wakeFollowers, type Growth } from './wake-followers.ts';

export type FirstNumbers = Readonly<Partial<Record<LiveAudience, number>>>;

/**
 * The only writer of the live log. Call it inside the transaction of the change: the counter document makes two
 * appends to one log wait for each other, so a number is visible only when every lower one is. Answers the number
 * of the first fact in each log; the others follow it.
 */
export async function appendFacts(
  eventId: string,
  audiences: readonly LiveAudience[],
  facts: readonly LiveFact[],
  at: Date,
): Promise<FirstNumbers> {
  const firstNumbers: { -readonly [A in keyof FirstNumbers]: number } = {};
  if (facts.length === 0) return firstNumbers;
  const checked = facts.map((fact) => liveFact.parse(fact));
  const growth: Growth[] = [];
  for (const audience of audiences) {
    const counter = await LiveCounterModel.findOneAndUpdate(
      { _id: logKey(eventId, audience) },
      { $inc: { lastSeq: checked.length } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    if (!counter) throw new Error('A live log has no counter');
    const first = (firstNumbers[audience] = counter.lastSeq - checked.length + 1);
    await LiveFactModel.insertMany(
      checked.map((fact, index) => ({ _id: newId(), eventId, audience, seq: first + index, at, fact })),
    );
    const numbered = checked.map((fact, index) => ({ seq: first + index, at: at.toISOString(), fact }));
    growth.push({ audience, facts: numbered });
  }
  afterCommit(() => wakeFollowers(eventId, growth));
  return firstNumbers;
}
