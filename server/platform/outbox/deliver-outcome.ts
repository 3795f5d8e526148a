import { delayBeforeNextTry } from './deliver-back-off.ts';
import type { Claim } from './deliver-claim.ts';
import { failureKindOf } from './deliver-failure.ts';
import type { SkipReason } from './deliver-skip.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

/** Somebody else holds the message now, so what was just done for it must not count. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease of this message ran out and another delivery took it');
    this.name = 'LeaseLost';
  }
}

// A sent mail holds links that open doors; what is left tells who got which mail, and when.
const bodyOfMail = { 'payload.html': '', 'payload.text': '', 'payload.invite': '' };

/** Marks a message done; throws LeaseLost, which aborts the transaction, when it is not ours any more. */
export async function markDone(
  { entry, leaseToken }: Claim,
  at: Date,
  skipped: SkipReason | null = null,
): Promise<void> {
  const { matchedCount } = await OutboxEntryModel.updateOne(
    { _id: entry._id, state: 'waiting', leaseToken },
    {
      $set: { state: 'done', doneAt: at, leaseToken: null, lastError: null, skipped },
      ...(entry.kind === 'mail:ready' ? { $unset: bodyOfMail } : {}),
    },
  );
  if (matchedCount === 0) throw new LeaseLost();
}

/** Plans the next try, or gives the message up with its reason. */
export async function markFailed(
  { entry, leaseToken }: Claim,
  error: unknown,
  at: Date,
): Promise<'retry' | 'failed'> {
  const delay = delayBeforeNextTry(failureKindOf(error), entry.attempts, Math.random());
  const lastError = sentenceOf(error);
  await OutboxEntryModel.updateOne(
    { _id: entry._id, state: 'waiting', leaseToken },
    {
      $set: {
        leaseToken: null,
        leaseUntil: new Date(0),
        lastError,
        ...(delay === null ? { state: 'failed', doneAt: at } : { dueAt: new Date(at.getTime() + delay) }),
      },
    },
  );
  return delay === null ? 'failed' : 'retry';
}

/** Shown to organisers, so without addresses: messages of libraries quote what they choked on. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'Unknown fault';
  return message.replace(/[^\s<>"']+@[^\s<>"']+/g, '[address]').slice(0, 500);
}
