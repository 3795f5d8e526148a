import { trusted } from 'mongoose';
import { RegistrationModel } from './registration.model.ts';

export interface Person {
  readonly registrationId: string;
  readonly name: string;
  readonly email: string;
}

const named = { name: 1, email: 1 } as const;
const asPerson = ({ _id, name, email }: { _id: string; name: string; email: string }): Person => ({
  registrationId: _id,
  name,
  email,
});

/** Everybody who has a place at an event: to match against addresses, not to show as a list. */
export async function listHolders(eventId: string): Promise<Person[]> {
  return (await RegistrationModel.find({ eventId, status: 'confirmed' }, named).lean()).map(asPerson);
}

/** Those of these registrations that belong to one event, whatever became of their place. */
export async function listPeopleByIds(eventId: string, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return (await RegistrationModel.find({ eventId, _id: trusted({ $in: [...ids] }) }, named).lean()).map(
    asPerson,
  );
}
