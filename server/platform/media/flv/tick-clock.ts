import { ticksPerSecond } from '../access-unit.ts';

const ticksPerMs = ticksPerSecond / 1_000;
/** FLV rounds to whole ms, and some encoders let sound tremble by one more. */
const trembleTicks = 3 * ticksPerMs;

/** Times of one input in ticks, from ms that wrap every 49.7 days. One for all tracks, so that they stay together. */
export function openTickClock(): (timestampMs: number) => number {
  let last: number | null = null;
  let whole = 0;
  return (timestampMs) => {
    // The difference as a signed number of 32 bits: a wrap is a small step forward.
    whole = last === null ? timestampMs : whole + ((timestampMs - last) | 0);
    last = timestampMs;
    return whole * ticksPerMs;
  };
}

/**
 * Frames of sound follow each other exactly, but were rounded to ms. This gives them their exact times back, and
 * follows what was sent as soon as that is further off than rounding explains.
 */
export function refineSound(): { frame(ticks: number, seconds: number): number; forget(): void } {
  let expected: number | null = null;
  return {
    frame(ticks, seconds) {
      const at = expected !== null && Math.abs(ticks - expected) <= trembleTicks ? expected : ticks;
      expected = at + seconds * ticksPerSecond;
      return Math.round(at);
    },
    forget() {
      expected = null;
    },
  };
}
