/** How a video stands, about twice a second. Times in seconds, `now` in ms. */
export interface Sample {
  readonly now: number;
  readonly time: number;
  readonly isPaused: boolean;
  readonly hasEnded: boolean;
  /** Behind the live edge, and where it ought to be; null where there is no edge. */
  readonly latency: number | null;
  readonly target: number | null;
  /** The viewer wants the live edge, and did not go back. */
  readonly isFollowing: boolean;
}

/** `stalled` is said once a stall; `reopen` again and again while nothing moves. */
export type Notice = 'moving' | 'still' | 'stalled' | 'jump-to-live' | 'reopen';

const stalledAfterMs = 1_500;
const reopenAfterMs = 10_000;
/** Later than this, for so long, is worth a jump that everybody sees. */
const late = { bySeconds: 4, forMs: 5_000 };
/** Who comes in a run's first seconds begins far behind; a jump is hardly seen then, and catching up would take minutes. */
const lateOnArrival = { bySeconds: 1, forMs: 1_000 };
/** The first moment says little: a picture that begins with hiccups falls behind in its first seconds. */
const arrivedAfterMs = 3_000;
const movedSeconds = 0.02;

/**
 * Notices what the player library does not: a picture that stands still without an error, and one that stays far
 * behind (catching up by speed works only near the edge).
 */
export function createWatchdog(): (sample: Sample) => Notice {
  let lastTime: number | null = null;
  let stillSince: number | null = null;
  let reopenAt = 0;
  let isStalled = false;
  let lateSince: number | null = null;
  let onTimeSince: number | null = null;
  let hasArrived = false;

  function begin(time: number) {
    lastTime = time;
    stillSince = null;
    isStalled = false;
  }
  return ({ now, time, isPaused, hasEnded, latency, target, isFollowing }) => {
    const hasMoved = lastTime !== null && Math.abs(time - lastTime) > movedSeconds;
    if (isPaused || hasEnded || hasMoved || lastTime === null) {
      begin(time);
      if (isPaused || hasEnded) lateSince = null;
    } else {
      stillSince ??= now;
      const stillFor = now - stillSince;
      if (stillFor >= reopenAfterMs && now >= reopenAt) {
        reopenAt = now + reopenAfterMs;
        return 'reopen';
      }
      if (stillFor < stalledAfterMs || isStalled) return 'still';
      isStalled = true;
      return 'stalled';
    }
    const state = hasMoved ? 'moving' : 'still';
    const limit = hasArrived ? late : lateOnArrival;
    if (latency === null || target === null || !isFollowing || latency <= target + limit.bySeconds) {
      lateSince = null;
      if (latency !== null && target !== null && hasMoved) onTimeSince ??= now;
      hasArrived ||= onTimeSince !== null && now - onTimeSince >= arrivedAfterMs;
      return state;
    }
    lateSince ??= now;
    onTimeSince = null;
    if (now - lateSince < limit.forMs) return state;
    lateSince = null;
    hasArrived = true;
    return 'jump-to-live';
  };
}

/** ms to wait before the picture is opened again: half a second, doubled, at most eight, never the same for everybody. */
export const backOff = (attempt: number, random: number): number =>
  Math.min(8_000, 500 * 2 ** Math.max(0, attempt - 1)) * (0.75 + random / 2);
