import { trusted } from 'mongoose';
import type { Candidate } from './deliver-claim.ts';
import { wakeDelivery } from './delivery-wake-up.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

/** How long a message waits behind an earlier one of its key before it looks again; usually it is woken. */
const parkedMs = 60_000;

/** News and the like: no invite depends on it, and it may stand in a long line. */
const isBulk = ({ priority }: { readonly priority: number }): boolean => priority >= 2;

/**
 * An earlier message of the key that was due or was tried goes first; one that is planned for later does not. What is
 * bulk holds back nothing but bulk.
 */
export async function findHeldBack(candidates: readonly Candidate[], at: Date): Promise<Set<Candidate>> {
  const keys = [...new Set(candidates.flatMap(({ orderKey }) => orderKey ?? []))];
  if (keys.length === 0) return new Set();
  const ahead = await OutboxEntryModel.find(
    {
      orderKey: trusted({ $in: keys }),
      state: 'waiting',
      $or: [{ dueAt: trusted({ $lte: at }) }, { attempts: trusted({ $gt: 0 }) }, { isPostponed: true }],
    },
    { orderKey: 1, order: 1, priority: 1 },
  ).lean();
  const firsts = (among: typeof ahead) => {
    const first = new Map<string, number>();
    for (const { orderKey, order } of among)
      if (orderKey) first.set(orderKey, Math.min(order, first.get(orderKey) ?? Infinity));
    return first;
  };
  const [ofAll, ofOthers] = [firsts(ahead), firsts(ahead.filter((one) => !isBulk(one)))];
  return new Set(
    candidates.filter((candidate) => {
      const { orderKey, order } = candidate;
      const first = isBulk(candidate) ? ofAll : ofOthers;
      return orderKey && order > (first.get(orderKey) ?? Infinity);
    }),
  );
}

/** Sets messages aside until the earlier one of their key is at its end. */
export async function parkMessages(heldBack: ReadonlySet<Candidate>, at: Date): Promise<void> {
  const free = { state: 'waiting', leaseUntil: trusted({ $lte: at }) } as const;
  await OutboxEntryModel.updateMany(
    { _id: trusted({ $in: [...heldBack].map(({ _id }) => _id) }), ...free },
    { $set: { leaseToken: null, leaseUntil: new Date(at.getTime() + parkedMs) } },
  );
  // An earlier one may have been finished, and have woken nobody, since we looked.
  const stillHeldBack = await findHeldBack([...heldBack], at);
  await unparkKeys([...heldBack].filter((one) => !stillHeldBack.has(one)).map(({ orderKey }) => orderKey));
}

/** Lets the next messages of these keys be claimed at once. Call after the earlier ones' end is committed. */
export async function unparkKeys(orderKeys: readonly (string | null | undefined)[]): Promise<void> {
  const keys = [...new Set(orderKeys.flatMap((key) => key ?? []))];
  if (keys.length === 0) return;
  const parked = {
    orderKey: trusted({ $in: keys }),
    state: 'waiting',
    leaseToken: null,
    leaseUntil: trusted({ $gt: new Date(0) }),
  } as const;
  // A look costs little; a write that finds nothing waits its turn among the writers all the same.
  if (!(await OutboxEntryModel.exists(parked))) return;
  await OutboxEntryModel.updateMany(parked, { $set: { leaseUntil: new Date(0) } });
  wakeDelivery();
}
