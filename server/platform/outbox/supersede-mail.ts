import { bodyOfMail } from './deliver-outcome.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

/** A mail that nobody has tried to send yet: nothing of it can have left. */
const untried = { kind: 'mail:ready', state: 'waiting', attempts: 0, leaseToken: null } as const;

export interface WaitingUpdate {
  readonly entryId: string;
  readonly changesSince: number;
}

/** Mails about changes of an event to one person that have not been tried. `orderKey` is that of the mail. */
export async function listWaitingUpdates(orderKey: string, registrationId: string): Promise<WaitingUpdate[]> {
  const entries = await OutboxEntryModel.find({ ...untried, orderKey: `mail ${orderKey}` }).lean();
  return entries.flatMap(({ _id, payload }) => {
    const mail = payload as { about?: { registrationId?: string } | null; changesSince?: number | null };
    const isItsOwn = mail.about?.registrationId === registrationId;
    return isItsOwn && typeof mail.changesSince === 'number'
      ? [{ entryId: _id, changesSince: mail.changesSince }]
      : [];
  });
}

/** Sets a mail aside because a newer one says all of it; false when its sending has begun. Inside a transaction. */
export async function supersedeMail(entryId: string, at: Date): Promise<boolean> {
  const { matchedCount } = await OutboxEntryModel.updateOne(
    { _id: entryId, ...untried },
    { $set: { state: 'done', doneAt: at, skipped: 'superseded' }, $unset: bodyOfMail },
  );
  return matchedCount === 1;
}
