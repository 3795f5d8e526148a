import type { FailureKind } from './deliver-failure.ts';

interface BackOff {
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** Tries in all; then the message is dead and a person must look. */
  readonly tries: number;
}

/** An unreachable server is waited for about a day and a half; our own faults rarely mend themselves. */
const backOffs: Readonly<Record<FailureKind, BackOff>> = {
  refused: { firstSeconds: 0, longestSeconds: 0, tries: 1 },
  busy: { firstSeconds: 10, longestSeconds: 3_600, tries: 40 },
  unreachable: { firstSeconds: 2, longestSeconds: 900, tries: 150 },
  fault: { firstSeconds: 2, longestSeconds: 600, tries: 10 },
};

/**
 * Milliseconds until the next try after `attempts` failed ones; null when there is none. Doubles each time, with a
 * quarter of jitter either way so that what failed together does not come back together. `random` is in [0, 1).
 */
export function delayBeforeNextTry(kind: FailureKind, attempts: number, random: number): number | null {
  const { firstSeconds, longestSeconds, tries } = backOffs[kind];
  if (attempts >= tries) return null;
  const seconds = Math.min(longestSeconds, firstSeconds * 2 ** (attempts - 1));
  return Math.round(seconds * 1000 * (0.75 + random / 2));
}
