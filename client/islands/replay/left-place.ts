import type { LeftPlace } from '../../../server/contracts/replay.ts';

/** What this browser keeps of a replay: "760 1795766400000", the place and when it was watched. */
export function readLeftPlace(text: string | null): LeftPlace | null {
  const [seconds, watchedAt = 0] = (text ?? '').split(' ').map(Number);
  return seconds && Number.isFinite(seconds + watchedAt) ? { seconds, watchedAt } : null;
}

export const writeLeftPlace = (seconds: number, now: number): string => `${seconds} ${now}`;

/** Where to go on: what the server knows of all devices, or this browser, whose last word may still be on its way. */
export function lastLeft(kept: LeftPlace | null, told: LeftPlace | null): number | null {
  if (kept && (!told || kept.watchedAt > told.watchedAt)) return kept.seconds;
  return told?.seconds ?? null;
}

const everyMs = 15_000;

/** Says where somebody is every fifteen seconds at most, and at once when they pause or leave. */
export function tellPlace(outside: {
  readonly now: () => number;
  readonly tell: (seconds: number | null) => void;
}) {
  let toldAt = outside.now();
  let latest: number | null | undefined;
  const flush = () => {
    if (latest === undefined) return;
    outside.tell(latest);
    toldAt = outside.now();
    latest = undefined;
  };
  return {
    is(seconds: number | null) {
      latest = seconds;
      if (seconds === null || outside.now() - toldAt >= everyMs) flush();
    },
    flush,
  };
}
