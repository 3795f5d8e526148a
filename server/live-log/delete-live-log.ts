import { liveAudience } from '../contracts/live-facts.ts';
import { trusted } from 'mongoose';
import { LiveCounterModel } from './live-counter.model.ts';
import { LiveFactModel } from './live-fact.model.ts';
import { logKey } from './live-log.rules.ts';

/** Deletes the logs of an event that is gone; its id must never be used again. Call in the transaction that ends it. */
export async function deleteLiveLog(eventId: string): Promise<void> {
  const keys = liveAudience.options.map((audience) => logKey(eventId, audience));
  await LiveCounterModel.deleteMany({ _id: trusted({ $in: keys }) });
  await LiveFactModel.deleteMany({ eventId });
}
