/** A count that is this small is told whenever it changes, at most once a second. */
const smallRoom = 1_000;
const shortestMs = 1_000;
const longestMs = 5_000;
/** Whoever came meanwhile has no number yet; a change too small to mention is told after this. */
const patienceMs = 15_000;

export interface ToldCount {
  readonly count: number;
  /** On the clock that `now` is on, in ms. */
  readonly at: number;
}

/** Whether a room that was told `told` should hear `count` now: seldom in a large one, and not of one in a hundred. */
export function shouldTellCount(count: number, told: ToldCount | null, now: number): boolean {
  if (!told) return true;
  if (count === told.count) return false;
  const sinceMs = now - told.at;
  if (sinceMs < tellEveryMs(count)) return false;
  return Math.abs(count - told.count) >= told.count / 100 || sinceMs >= patienceMs;
}

/** From once a second to once in five, between 1,000 and 5,000 people. */
export function tellEveryMs(count: number): number {
  return Math.min(longestMs, Math.max(shortestMs, (count / smallRoom) * shortestMs));
}
