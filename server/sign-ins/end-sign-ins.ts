import { trusted } from 'mongoose';
import { afterCommit } from '../platform/database/transaction.ts';
import { announceRevokedSignIn } from '../platform/realtime/revoked-sign-ins.ts';
import { JoinDevicesModel } from './join-devices.model.ts';
import { SignInModel, type SignIn } from './sign-in.model.ts';

/** Ends these sign-ins and passes for good; once that is stored, their sockets of this process drop at once. */
export async function endSignIns(
  signIns: readonly Pick<SignIn, '_id' | 'kind' | 'registrationId'>[],
  now: Date,
): Promise<void> {
  if (signIns.length === 0) return;
  const ids = signIns.map((signIn) => signIn._id);
  await SignInModel.updateMany({ _id: trusted({ $in: ids }), revokedAt: null }, { $set: { revokedAt: now } });
  for (const { _id, kind, registrationId } of signIns) {
    if (kind === 'join' && registrationId)
      await JoinDevicesModel.updateOne({ _id: registrationId }, { $pull: { signInIds: _id } });
  }
  afterCommit(() => ids.forEach(announceRevokedSignIn));
}
