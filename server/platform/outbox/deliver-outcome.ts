import { trusted } from 'mongoose';
import { gatherByKey } from '../batching/gather-by-key.ts';
import { delayBeforeNextTry } from './deliver-back-off.ts';
import { heldBy, type Claim } from './deliver-claim.ts';
import { failureKindOf } from './deliver-failure.ts';
import { unparkKeys } from './deliver-order.ts';
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
export const bodyOfMail = {
  'payload.html': '',
  'payload.text': '',
  'payload.invite': '',
  'payload.frame': '',
  'payload.unsubscribeUrl': '',
};

const markedDone = (at: Date, skipped: SkipReason | null) => ({
  $set: { state: 'done' as const, doneAt: at, leaseToken: null, lastError: null, skipped },
});

/** Marks messages done; throws LeaseLost, which aborts the transaction, when one of them is not ours any more. */
export async function markAllDone(claims: readonly Claim[], at: Date): Promise<void> {
  const { matchedCount } = await OutboxEntryModel.updateMany(heldBy(claims), markedDone(at, null));
  if (matchedCount < claims.length) throw new LeaseLost();
}

/**
 * Marks a mail done and lets the next of its key go, together with others that end meanwhile: a few writes serve a
 * mail server that is quick. Throws LeaseLost when it is not ours any more.
 */
export async function finishMessage(claim: Claim, at: Date, skipped: SkipReason | null): Promise<void> {
  const isOurs = await finishGathered(skipped ?? '', { claim, at, skipped });
  if (!isOurs) throw new LeaseLost();
}

interface Ended {
  readonly claim: Claim;
  readonly at: Date;
  readonly skipped: SkipReason | null;
}

const finishGathered = gatherByKey<Ended, boolean>(
  async (_skipped, ended) => {
    const claims = ended.map(({ claim }) => claim);
    const { at, skipped } = ended[ended.length - 1]!;
    const { matchedCount } = await OutboxEntryModel.updateMany(heldBy(claims), {
      ...markedDone(at, skipped),
      $unset: bodyOfMail,
    });
    const lost = matchedCount < claims.length ? await findLost(claims) : new Set<string>();
    await unparkKeys(claims.map(({ entry }) => entry.orderKey));
    return claims.map(({ entry }) => !lost.has(entry._id));
  },
  { atMost: 100, waitMs: 25 },
);

async function findLost(claims: readonly Claim[]): Promise<Set<string>> {
  const open = await OutboxEntryModel.find(
    { _id: trusted({ $in: claims.map(({ entry }) => entry._id) }), state: trusted({ $ne: 'done' }) },
    { _id: 1 },
  ).lean();
  return new Set(open.map(({ _id }) => _id));
}

/** Plans the next try, or gives the message up with its reason. */
export async function markFailed(
  { entry, leaseToken }: Claim,
  error: unknown,
  at: Date,
  isLast = false,
): Promise<'retry' | 'failed'> {
  const delay = isLast ? null : delayBeforeNextTry(failureKindOf(error), entry.attempts, Math.random());
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
