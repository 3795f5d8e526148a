import { OutboxEntryModel } from './outbox-entry.ts';

export interface DeliveryCounts {
  readonly waiting: number;
  readonly sent: number;
  /** Done without being delivered, on purpose. */
  readonly setAside: number;
  readonly failed: number;
}

/** How messages whose `dedupeKey` begins with `prefix` stand; reads only those, by the index. */
export async function countDeliveries(prefix: string): Promise<DeliveryCounts> {
  const groups = await OutboxEntryModel.aggregate<{
    _id: { state: string; skipped: string | null };
    count: number;
  }>([
    { $match: { dedupeKey: { $gte: prefix, $lt: `${prefix}\uffff` } } },
    { $group: { _id: { state: '$state', skipped: '$skipped' }, count: { $sum: 1 } } },
  ]);
  const sum = (fits: (group: { state: string; skipped: string | null }) => boolean) =>
    groups.filter(({ _id }) => fits(_id)).reduce((total, { count }) => total + count, 0);
  return {
    waiting: sum(({ state }) => state === 'waiting'),
    sent: sum(({ state, skipped }) => state === 'done' && !skipped),
    setAside: sum(({ state, skipped }) => state === 'done' && Boolean(skipped)),
    failed: sum(({ state }) => state === 'failed'),
  };
}
