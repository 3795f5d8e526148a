import { trusted } from 'mongoose';
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

/** `markTold` for many, in as few writes as there are versions; those that tell it already are left alone. */
export async function markAllTold(
  places: readonly {
    readonly registration: { readonly _id: string; readonly toldVersion: number };
    readonly toldVersion: number;
  }[],
): Promise<void> {
  const stale = places.filter(({ registration, toldVersion }) => registration.toldVersion !== toldVersion);
  for (const version of new Set(stale.map(({ toldVersion }) => toldVersion))) {
    const ids = stale
      .filter(({ toldVersion }) => toldVersion === version)
      .map(({ registration }) => registration._id);
    await RegistrationModel.updateMany(
      { _id: trusted({ $in: ids }), status: 'confirmed' },
      { $set: { toldVersion: version } },
    );
  }
}

/**
 * A number of its own for an invite that shows what its reader has not been told yet. Call in the transaction that
 * stores the mail.
 */
export async function raiseSequence(place: {
  readonly _id: string;
  readonly inviteUid: string;
}): Promise<number> {
  const raised = await RegistrationModel.findOneAndUpdate(
    { _id: place._id, inviteUid: place.inviteUid, status: 'confirmed' },
    { $inc: { inviteSequence: 1 } },
    { returnDocument: 'after', projection: { inviteSequence: 1 } },
  ).lean();
  if (!raised) throw new Error('The place moved on; the message is tried again');
  return raised.inviteSequence;
}
