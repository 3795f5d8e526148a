import { trusted } from 'mongoose';
import { newToken } from '../secrets/secret-box.ts';
import { findHeldBack, parkMessages } from './deliver-order.ts';
import { keepPace, type Pace } from './deliver-pace.ts';
import { OutboxEntryModel, type OutboxEntry } from './outbox-entry.ts';

/** Renewed while a handler runs; a process that dies frees its messages after this long. */
export const leaseMs = 20_000;

export type Lane = OutboxEntry['lane'];
export interface Claim {
  readonly entry: OutboxEntry;
  readonly leaseToken: string;
}

export interface Wanted {
  readonly lane: Lane;
  /** In this order; an urgent message is never behind others. */
  readonly priorities: readonly number[];
  readonly atMost: number;
  readonly pace?: Pace;
}

export type Candidate = OutboxEntry;

/**
 * Takes the most urgent due messages that nobody holds, that no earlier one of their key holds back and whose turn
 * it is. In a few writes for many; what another process takes first is left to it.
 */
export async function claimMessages(wanted: Wanted, now: () => Date): Promise<Claim[]> {
  for (const priority of wanted.priorities) {
    let found: Candidate[];
    while ((found = await findCandidates(wanted, priority, now())).length > 0) {
      const candidates = asFarAsSafe(found, wanted.lane);
      const heldBack = await findHeldBack(candidates, now());
      if (heldBack.size > 0) await parkMessages(heldBack, now());
      const free = candidates.filter((candidate) => !heldBack.has(candidate));
      const inTurn = wanted.pace ? await keepPace(free, wanted.pace, now()) : free;
      const claims = await take(inTurn, now());
      if (claims.length > 0) return claims;
    }
  }
  return [];
}

export async function claimNextMessage(lane: Lane, now: () => Date): Promise<Claim | null> {
  return (await claimMessages({ lane, priorities: [-1, 0, 1, 2], atMost: 1 }, now))[0] ?? null;
}

async function findCandidates({ lane, atMost }: Wanted, priority: number, at: Date): Promise<Candidate[]> {
  return OutboxEntryModel.find({
    state: 'waiting',
    lane,
    priority,
    dueAt: upTo(at),
    leaseUntil: upTo(at),
  })
    .sort({ dueAt: 1, order: 1 })
    .limit(atMost)
    .lean();
}

/**
 * What somebody died holding is taken alone, so that a message which ends the process takes no others with it into
 * its count; so is what failed before and would make a whole transaction fail.
 */
function asFarAsSafe(found: Candidate[], lane: Lane): Candidate[] {
  const first = found.findIndex(
    ({ leaseToken, attempts }) => leaseToken !== null || (lane === 'product' && attempts > 0),
  );
  if (first < 0) return found;
  return found.slice(0, Math.max(1, first));
}

async function take(candidates: readonly Candidate[], at: Date): Promise<Claim[]> {
  if (candidates.length === 0) return [];
  const ids = candidates.map(({ _id }) => _id);
  const leaseToken = newToken();
  const hasLapsed = Boolean(candidates[0]?.leaseToken);
  const { matchedCount } = await OutboxEntryModel.updateMany(
    { _id: trusted({ $in: ids }), state: 'waiting', leaseUntil: upTo(at) },
    {
      $set: { leaseToken, leaseUntil: new Date(at.getTime() + leaseMs) },
      $inc: { attempts: 1, ...(hasLapsed ? { lapses: 1 } : {}) },
    },
  );
  if (matchedCount === 0) return [];
  const counted = (entry: Candidate) => ({
    ...entry,
    attempts: entry.attempts + 1,
    lapses: entry.lapses + (hasLapsed ? 1 : 0),
  });
  // All of them are ours, and nothing else of a waiting message is ever changed: they are as they were found.
  if (matchedCount === candidates.length)
    return candidates.map((entry) => ({ entry: counted(entry), leaseToken }));
  const entries = await OutboxEntryModel.find({ _id: trusted({ $in: ids }), leaseToken }).lean();
  const places = new Map(ids.map((id, index) => [id, index]));
  return entries
    .sort((a, b) => (places.get(a._id) ?? 0) - (places.get(b._id) ?? 0))
    .map((entry) => ({ entry, leaseToken }));
}

const upTo = (at: Date) => trusted({ $lte: at });

/** The entries of these claims, as long as they are held by them. */
export const heldBy = (claims: readonly Claim[]) => ({
  _id: trusted({ $in: claims.map(({ entry }) => entry._id) }),
  state: 'waiting' as const,
  leaseToken: trusted({ $in: [...new Set(claims.map(({ leaseToken }) => leaseToken))] }),
});

/** Keeps messages for handlers that take long. */
export async function renewLeases(claims: readonly Claim[], at: Date): Promise<void> {
  if (claims.length === 0) return;
  await OutboxEntryModel.updateMany(heldBy(claims), {
    $set: { leaseUntil: new Date(at.getTime() + leaseMs) },
  });
}

/** Gives messages back untried, because this process stops. */
export async function handBack(claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await OutboxEntryModel.updateMany(heldBy(claims), {
    $set: { leaseToken: null, leaseUntil: new Date(0) },
    $inc: { attempts: -1 },
  });
}

/**
 * Frees what a process that died held; the token stays and tells that it did. Only where no other process can be
 * alive: on a store of our own.
 */
export async function freeAllLeases(): Promise<void> {
  await OutboxEntryModel.updateMany(
    { state: 'waiting', leaseUntil: trusted({ $gt: new Date(0) }) },
    { $set: { leaseUntil: new Date(0) } },
  );
}
