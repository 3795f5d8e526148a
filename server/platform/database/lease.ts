import { setTimeout as delay } from 'node:timers/promises';
import { model, Schema, trusted } from 'mongoose';
import { newId } from '../new-id.ts';
import { isDuplicateKey } from './is-duplicate-key.ts';
import { modelOptions } from './model-options.ts';

const leaseSchema = new Schema(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { ...modelOptions, collection: 'leases' },
);
const LeaseModel = model('Lease', leaseSchema);

const leaseMs = 30_000;
const retryMs = 250;

/**
 * Runs `work` if no other process holds the lease `name`, and keeps the lease alive meanwhile; `{ ran: false }`
 * otherwise. A process that dies frees it after 30 s. The lease is an economy, not a lock: a process that
 * stalls for longer may overlap with the next holder, so the work itself must be safe to run twice.
 */
export async function tryLease<T>(
  name: string,
  now: () => Date,
  work: () => Promise<T>,
): Promise<{ ran: true; result: T } | { ran: false }> {
  const holder = newId();
  if (!(await acquire(name, holder, now()))) return { ran: false };
  const renewal = setInterval(() => void renew(name, holder, now()).catch(() => undefined), leaseMs / 3);
  renewal.unref();
  try {
    return { ran: true, result: await work() };
  } finally {
    clearInterval(renewal);
    await LeaseModel.deleteOne({ _id: name, holder });
  }
}

/** Waits for the lease, then runs `work`. */
export async function withLease<T>(name: string, now: () => Date, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const outcome = await tryLease(name, now, work);
    if (outcome.ran) return outcome.result;
    await delay(retryMs);
  }
}

/** Takes a lease from whoever holds it: for a store of one process, whose last run cannot come back for it. */
export async function freeLease(name: string): Promise<void> {
  await LeaseModel.deleteOne({ _id: name });
}

async function acquire(name: string, holder: string, at: Date): Promise<boolean> {
  try {
    const until = new Date(at.getTime() + leaseMs);
    await LeaseModel.updateOne(
      { _id: name, until: trusted({ $lte: at }) },
      { $set: { holder, until } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    // The upsert found the lease taken and tried to insert a second one.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function renew(name: string, holder: string, at: Date): Promise<void> {
  await LeaseModel.updateOne({ _id: name, holder }, { $set: { until: new Date(at.getTime() + leaseMs) } });
}
