import { RegistrationModel } from './registration.model.ts';

/** How many people with a place hold an invite that tells each version of the event. */
export async function countToldVersions(eventId: string): Promise<{ version: number; people: number }[]> {
  const groups = await RegistrationModel.aggregate<{ _id: number | null; people: number }>([
    { $match: { eventId, status: 'confirmed' } },
    { $group: { _id: '$toldVersion', people: { $sum: 1 } } },
  ]);
  return groups.map(({ _id, people }) => ({ version: _id ?? 0, people }));
}
