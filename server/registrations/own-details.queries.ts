import type { Actor } from '../contracts/actor.ts';
import { OwnDetailsModel } from './own-details.model.ts';
import { RegistrationModel } from './registration.model.ts';

export interface ShownDetails {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly jobTitle: string;
}

/** What the signed-in person saved, or said when they last registered; null for everybody else. */
export async function findOwnDetails(actor: Actor): Promise<ShownDetails | null> {
  if (actor.kind !== 'attendee' && actor.kind !== 'member') return null;
  const { email } = actor;
  const details =
    (await OwnDetailsModel.findOne({ _id: email }).lean()) ??
    (await RegistrationModel.findOne({ email }, { name: 1, organisation: 1, jobTitle: 1 })
      .sort({ createdAt: -1 })
      .lean());
  return {
    email,
    name: details?.name ?? '',
    organisation: details?.organisation ?? '',
    jobTitle: details?.jobTitle ?? '',
  };
}
