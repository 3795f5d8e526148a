const firstMs = 60_000;
const mostMs = 15 * 60_000;

/** When a player that halted may come as near to the live edge again as it was before. */
export interface StallMemory {
  stalled(now: number): void;
  /** True once after each calm: what was added for the halts may go. */
  mayForget(now: number): boolean;
}

/** A calm minute; on a line that then halts again twice as long, and so on, so that it does not halt every minute. */
export function createStallMemory(): StallMemory {
  let stalledAt: number | null = null;
  let calmMs = firstMs;
  return {
    stalled: (now) => void (stalledAt = now),
    mayForget(now) {
      if (stalledAt === null || now - stalledAt < calmMs) return false;
      stalledAt = null;
      calmMs = Math.min(mostMs, calmMs * 2);
      return true;
    },
  };
}
