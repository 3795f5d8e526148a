import { trusted, type QueryFilter } from 'mongoose';
import { afterCommit } from '../database/transaction.ts';
import { wakeDelivery } from './delivery-wake-up.ts';
import { OutboxEntryModel, type OutboxEntry } from './outbox-entry.ts';

/** A message that was given up before any mail was made of it. */
export interface UnwrittenMessage {
  readonly id: string;
  readonly kind: string;
  /** What it is about, as far as it says. */
  readonly eventId: string | null;
  readonly registrationId: string | null;
  readonly lastError: string | null;
  readonly tries: number;
  readonly at: Date;
}

const mostUnwritten = 500;

/** All of the installation, the newest first: there are hardly ever any, and they carry no scope. */
export async function listUnwritten(): Promise<UnwrittenMessage[]> {
  const found = await OutboxEntryModel.find({ state: 'failed', lane: 'product' })
    .sort({ createdAt: -1 })
    .limit(mostUnwritten)
    .lean();
  return found.map(({ _id, kind, payload, lastError, attempts, createdAt }) => {
    const about = payload as { eventId?: unknown; registrationId?: unknown };
    return {
      id: _id,
      kind,
      eventId: typeof about.eventId === 'string' ? about.eventId : null,
      registrationId: typeof about.registrationId === 'string' ? about.registrationId : null,
      lastError: lastError ?? null,
      tries: attempts,
      at: createdAt,
    };
  });
}

/** Sets given-up mails of one scope free again: one, or all. Says how many were; a second press finds none. */
export async function retryMails(scope: string, id: string | null, at: Date): Promise<number> {
  return retry({ kind: 'mail:ready', scope, ...(id === null ? {} : { _id: id }) }, at);
}

/** The same for messages that never became a mail. */
export async function retryUnwritten(ids: readonly string[], at: Date): Promise<number> {
  return ids.length === 0 ? 0 : retry({ lane: 'product', _id: trusted({ $in: [...ids] }) }, at);
}

async function retry(which: QueryFilter<OutboxEntry>, at: Date): Promise<number> {
  const { modifiedCount } = await OutboxEntryModel.updateMany(
    { ...which, state: 'failed' },
    {
      $set: {
        state: 'waiting',
        attempts: 0,
        dueAt: at,
        leaseToken: null,
        leaseUntil: new Date(0),
        lastError: null,
        doneAt: null,
      },
    },
  );
  if (modifiedCount > 0) afterCommit(wakeDelivery);
  return modifiedCount;
}
