import type { Candidate } from './deliver-claim.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

/** How many messages with one pace key may go each second, by this process. */
export interface Pace {
  /** True when one may go now; it is then counted. */
  isInTurn(key: string, at: Date): boolean;
  /** When one that is not in turn may come again. */
  nextTurn(key: string, at: Date, hasWaited: boolean): Date;
}

/** What waited once and comes a moment too early comes again after this long, instead of at the end of the line. */
const momentMs = 250;

/**
 * A second's worth may go at once, then as many as the rate. The others get places in a line, each due at its own
 * instant, so that they are looked at once or twice, however long the line is, and hold up nobody else.
 */
export function createPace(perSecond: number): Pace {
  const keys = new Map<string, { left: number; at: number; lineEndsAt: number }>();
  const stateOf = (key: string, at: number) => {
    let state = keys.get(key);
    if (!state) keys.set(key, (state = { left: perSecond, at, lineEndsAt: at }));
    state.left = Math.min(perSecond, state.left + (Math.max(0, at - state.at) / 1000) * perSecond);
    state.at = Math.max(state.at, at);
    return state;
  };
  /** A key that has been quiet is as good as new. */
  const forgetQuiet = (at: number) => {
    if (keys.size < 10_000) return;
    for (const [key, state] of keys) if (at - state.at > 1000 && state.lineEndsAt <= at) keys.delete(key);
  };
  return {
    isInTurn(key, at) {
      forgetQuiet(at.getTime());
      const state = stateOf(key, at.getTime());
      if (state.left < 1) return false;
      state.left -= 1;
      return true;
    },
    nextTurn(key, at, hasWaited) {
      const state = stateOf(key, at.getTime());
      if (hasWaited) return new Date(at.getTime() + momentMs);
      state.lineEndsAt = Math.max(state.lineEndsAt, at.getTime()) + 1000 / perSecond;
      return new Date(Math.ceil(state.lineEndsAt));
    },
  };
}

/** Those whose turn it is; the others are given a later instant. What is urgent is not counted. */
export async function keepPace(candidates: readonly Candidate[], pace: Pace, at: Date): Promise<Candidate[]> {
  const later: { candidate: Candidate; dueAt: Date }[] = [];
  const inTurn = candidates.filter((candidate) => {
    const { paceKey, isPostponed, priority } = candidate;
    if (!paceKey || priority <= 0 || pace.isInTurn(paceKey, at)) return true;
    later.push({ candidate, dueAt: pace.nextTurn(paceKey, at, isPostponed) });
    return false;
  });
  if (later.length > 0)
    await OutboxEntryModel.bulkWrite(
      later.map(({ candidate: { _id, leaseToken = null }, dueAt }) => ({
        updateOne: {
          // As it was seen: taken by another process since, it is left alone.
          filter: { _id, state: 'waiting' as const, leaseToken },
          update: { $set: { dueAt, isPostponed: true } },
        },
      })),
      { ordered: false },
    );
  return inTurn;
}
