import { trusted } from 'mongoose';
import { OutboxEntryModel } from './outbox-entry.ts';

/** A mail that was handed to a mail server at least once. */
const wasTried = (messageId: string) =>
  ({
    dedupeKey: `mail ${messageId}`,
    kind: 'mail:ready',
    attempts: trusted({ $gt: 0 }),
    skipped: null,
  }) as const;

/** To whom a mail of ours went, by what stands before the `@` of its Message-ID; null for a mail we never sent. */
export async function findRecipientOfMail(messageId: string): Promise<string | null> {
  const entry = await OutboxEntryModel.findOne(wasTried(messageId), { payload: 1 }).lean();
  const payload = entry?.payload as { to?: { address?: unknown } } | undefined;
  return typeof payload?.to?.address === 'string' ? payload.to.address : null;
}

/** Notes that a mail came back; `false` when that was noted before, since several reports tell of one mail. */
export async function recordBounce(messageId: string, status: string, at: Date): Promise<boolean> {
  const { modifiedCount } = await OutboxEntryModel.updateOne(
    { ...wasTried(messageId), bounce: null },
    { $set: { bounce: { status, at } } },
  );
  return modifiedCount > 0;
}
