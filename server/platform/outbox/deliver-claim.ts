import { trusted } from 'mongoose';
import { newToken } from '../secrets/secret-box.ts';
import { OutboxEntryModel, type OutboxEntry } from './outbox-entry.ts';

/** Renewed while a handler runs; a process that dies frees its messages after this long. */
export const leaseMs = 20_000;
/** How long a message waits behind an earlier one of its key before it looks again; usually it is woken. */
const parkedMs = 60_000;

export type Lane = OutboxEntry['lane'];
export interface Claim {
  readonly entry: OutboxEntry;
  readonly leaseToken: string;
}

/** Takes the most urgent due message that nobody holds and that no earlier one of its key holds back; null if none. */
export async function claimNextMessage(lane: Lane, now: () => Date): Promise<Claim | null> {
  for (const priority of [0, 1, 2]) {
    let claim: Claim | null;
    while ((claim = await claimOne(lane, priority, now()))) {
      if (!(await isHeldBack(claim.entry, now()))) return claim;
      await park(claim, now());
    }
  }
  return null;
}

async function claimOne(lane: Lane, priority: number, at: Date): Promise<Claim | null> {
  const free = { state: 'waiting', lane, priority, dueAt: upTo(at), leaseUntil: upTo(at) } as const;
  // A look costs little; a claim that finds nothing waits its turn among the writers all the same.
  if (!(await OutboxEntryModel.exists(free))) return null;
  const leaseToken = newToken();
  const entry = await OutboxEntryModel.findOneAndUpdate(
    free,
    { $set: { leaseToken, leaseUntil: new Date(at.getTime() + leaseMs) }, $inc: { attempts: 1 } },
    { sort: { dueAt: 1, order: 1 }, returnDocument: 'after' },
  ).lean();
  return entry && { entry, leaseToken };
}

const upTo = (at: Date) => trusted({ $lte: at });

/** An earlier message of the key that is due or was tried goes first; one that is planned for later does not. */
async function isHeldBack(entry: OutboxEntry, at: Date): Promise<boolean> {
  if (!entry.orderKey) return false;
  const earlier = await OutboxEntryModel.exists({
    orderKey: entry.orderKey,
    state: 'waiting',
    order: trusted({ $lt: entry.order }),
    $or: [{ dueAt: upTo(at) }, { attempts: trusted({ $gt: 0 }) }],
  });
  return earlier !== null;
}

async function park({ entry, leaseToken }: Claim, at: Date): Promise<void> {
  await OutboxEntryModel.updateOne(
    { _id: entry._id, leaseToken },
    {
      $set: { leaseToken: null, leaseUntil: new Date(at.getTime() + parkedMs) },
      $inc: { attempts: -1 },
    },
  );
  // The earlier one may have been finished, and have woken nobody, since we looked.
  if (!(await isHeldBack(entry, at))) await unpark(entry);
}

/** Lets the next message of the key be claimed at once. Call after the earlier one's end is committed. */
export async function unpark({ orderKey }: Pick<OutboxEntry, 'orderKey'>): Promise<void> {
  if (!orderKey) return;
  const parked = {
    orderKey,
    state: 'waiting',
    leaseToken: null,
    leaseUntil: trusted({ $gt: new Date(0) }),
  } as const;
  if (await OutboxEntryModel.exists(parked))
    await OutboxEntryModel.updateMany(parked, { $set: { leaseUntil: new Date(0) } });
}

/** Keeps a message for a handler that takes long. */
export async function renewLease({ entry, leaseToken }: Claim, at: Date): Promise<void> {
  await OutboxEntryModel.updateOne(
    { _id: entry._id, leaseToken },
    { $set: { leaseUntil: new Date(at.getTime() + leaseMs) } },
  );
}

/** Gives a message back untried, because this process stops. */
export async function handBack({ entry, leaseToken }: Claim): Promise<void> {
  await OutboxEntryModel.updateOne(
    { _id: entry._id, leaseToken },
    { $set: { leaseToken: null, leaseUntil: new Date(0) }, $inc: { attempts: -1 } },
  );
}

/** Frees what a process that died held. Only where no other process can be alive: on a store of our own. */
export async function freeAllLeases(): Promise<void> {
  await OutboxEntryModel.updateMany(
    { state: 'waiting', leaseUntil: trusted({ $gt: new Date(0) }) },
    { $set: { leaseToken: null, leaseUntil: new Date(0) } },
  );
}
