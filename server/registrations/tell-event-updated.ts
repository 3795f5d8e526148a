import { trusted } from 'mongoose';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { RegistrationModel } from './registration.model.ts';

const pageSize = 200;

/**
 * Writes one message to each holder of a place whose invite tells less than `version`, a page at a time. Those whose
 * invite tells the same in other versions (`alike`) are told nothing: they are only noted to be up to date. Returns
 * the last one of the page when there may be more. Call inside a transaction.
 */
export async function tellEventUpdated(
  input: {
    readonly eventId: string;
    readonly version: number;
    readonly afterId: string;
    /** The version the event has by now, and the earlier ones that tell the same as it. */
    readonly current: number;
    readonly alike: readonly number[];
  },
  now: Date,
): Promise<string | null> {
  const { eventId, version } = input;
  const page = await RegistrationModel.find(
    {
      eventId,
      status: 'confirmed',
      toldVersion: trusted({ $lt: version }),
      _id: trusted({ $gt: input.afterId }),
    },
    { toldVersion: 1 },
  )
    .sort({ _id: 1 })
    .limit(pageSize)
    .lean();
  const isAlike = (told: number) => input.alike.includes(told);
  const quiet = page.filter(({ toldVersion }) => isAlike(toldVersion)).map(({ _id }) => _id);
  const owed = page.filter(({ toldVersion }) => !isAlike(toldVersion)).map(({ _id }) => _id);
  if (quiet.length > 0)
    await RegistrationModel.updateMany(
      { _id: trusted({ $in: quiet }) },
      { $set: { toldVersion: input.current } },
    );
  if (owed.length > 0) await tell(owed, version, now);
  return page.length < pageSize ? null : (page.at(-1)?._id ?? null);
}

async function tell(registrationIds: readonly string[], version: number, now: Date): Promise<void> {
  const told = { _id: trusted({ $in: [...registrationIds] }) };
  await RegistrationModel.updateMany(told, { $inc: { inviteSequence: 1 } });
  const places = await RegistrationModel.find(told, { inviteUid: 1, inviteSequence: 1 }).lean();
  await addOutboxMessages(
    places.map(({ _id, inviteUid, inviteSequence }) => ({
      message: {
        kind: 'registration:event-updated' as const,
        payload: { registrationId: _id, inviteUid, inviteSequence, version },
      },
      options: {
        at: now,
        dedupeKey: `registration:event-updated:${_id}:${inviteUid}:${inviteSequence}`,
        orderKey: `registration:${_id}`,
      },
    })),
  );
}
