import { RegistrationModel } from './registration.model.ts';

/**
 * Notes which version of its event the newest invite of a place tells. Call in the transaction that stores the mail;
 * false when the place has another invite by now.
 */
export async function markTold(
  place: { readonly _id: string; readonly inviteUid: string },
  version: number,
): Promise<boolean> {
  const marked = await RegistrationModel.updateOne(
    { _id: place._id, inviteUid: place.inviteUid, status: 'confirmed' },
    { $set: { toldVersion: version } },
  );
  return marked.matchedCount === 1;
}
