import { ticksPerSecond, type AccessUnit } from '../access-unit.ts';

const mostBehindMs = 5_000;
/** What a recorder had ready when it was let in, and more. */
const mostAheadMs = 15_000;
/** Two clocks drift apart; that is neither. A thousandth is more than any clock does. */
const drift = 0.001;

export interface Pace {
  /** The recorder was started again: its times begin anew. */
  restart(): void;
  /** A unit that came at `now` (ms of a clock that only grows). */
  note(unit: AccessUnit, now: number): void;
  /** Why this sender cannot go on; null: it is on time. */
  fault(): string | null;
}

/**
 * Compares the times in a recording with those at which it comes. A page that records faster than its network takes it has
 * a queue that only grows; it is better told than shown later and later.
 */
export function keepPace(): Pace {
  let first: { readonly lag: number; readonly at: number } | null = null;
  let least = 0;
  let now = 0;
  let last = 0;
  return {
    restart: () => void (first = null),
    note({ dts }, at) {
      now = at;
      last = at - (dts * 1_000) / ticksPerSecond;
      first ??= { lag: last, at };
      least = first.at === at ? last : Math.min(least, last);
    },
    fault() {
      const slack = first ? (now - first.at) * drift : 0;
      if (last - least > mostBehindMs + slack)
        return 'Your network takes the picture more slowly than it is made.';
      if (first && first.lag - last > mostAheadMs + slack) return 'This comes faster than time passes.';
      return null;
    },
  };
}
