import { trusted } from 'mongoose';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { RegistrationModel } from './registration.model.ts';
import { repeatPauseInMinutes } from './registration.rules.ts';

/** Sends people the place they have, because their address was registered again. Call inside a transaction. */
export async function resendPlaces(registrationIds: ReadonlySet<string>, now: Date): Promise<void> {
  const quietSince = new Date(now.getTime() - repeatPauseInMinutes * 60_000);
  for (const registrationId of registrationIds) {
    const claimed = await RegistrationModel.updateOne(
      { _id: registrationId, $or: [{ repeatedAt: null }, { repeatedAt: trusted({ $lte: quietSince }) }] },
      { $set: { repeatedAt: now } },
    );
    if (claimed.modifiedCount === 0) continue;
    await addOutboxMessages([
      {
        message: { kind: 'registration:repeated', payload: { registrationId } },
        options: {
          at: now,
          dedupeKey: `registration:repeated:${registrationId}:${now.toISOString()}`,
          orderKey: `registration:${registrationId}`,
        },
      },
    ]);
  }
}
