import { trusted } from 'mongoose';
import { RegistrationModel, type Registration } from './registration.model.ts';

export type IntentAnswer = NonNullable<Registration['intent']>['answer'];

/** How many holders of a place said what in their calendars. */
export async function countIntents(eventId: string): Promise<Readonly<Record<IntentAnswer, number>>> {
  const groups = await RegistrationModel.aggregate<{ _id: IntentAnswer | null; count: number }>([
    { $match: { eventId, status: 'confirmed' } },
    { $group: { _id: '$intent.answer', count: { $sum: 1 } } },
  ]);
  const counts = { accepted: 0, tentative: 0, declined: 0 };
  for (const { _id, count } of groups) if (_id) counts[_id] = count;
  return counts;
}

/** The same by registration, of some of one event's places; only those whose calendar answered. */
export async function listIntents(
  eventId: string,
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, IntentAnswer>> {
  const found = await RegistrationModel.find(
    {
      eventId,
      _id: trusted({ $in: [...registrationIds] }),
      status: 'confirmed',
      intent: trusted({ $ne: null }),
    },
    { intent: 1 },
  ).lean();
  return new Map(found.flatMap(({ _id, intent }) => (intent ? [[_id, intent.answer] as const] : [])));
}
