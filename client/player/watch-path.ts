import type { PlayerSurroundings } from './player.store.ts';

/** A path with a token, and when it stops to open anything (ms since 1970, by the server's clock). */
export interface HeldPath {
  readonly path: string;
  readonly expiresAt: number;
}

/** `refused`: asking again will not help. `unreachable`: nobody answered, or not now. */
export type Renewed = HeldPath | 'refused' | 'unreachable';

export interface WatchPath {
  /** The newest path; asks for the first. null: there is no right to watch. */
  get(): Promise<string | null>;
  /** The server refused this address. One with an older token is only asked for anew. */
  refused(address: string): Promise<'renewed' | 'refused' | 'unreachable'>;
  /** An address as it is asked for now: under the newest token and scope, whatever it was made with. */
  rewrite(address: string): string;
  close(): void;
}

const renewAfter = 0.7;
/** Also for a clock that is wrong here: never asked for more often. */
const leastMs = 15_000;
const mostMs = 3_600_000;
const tryAgainMs = 3_000;
/** A path that is refused so soon after it was given is no matter of time. */
const tooSoonMs = 5_000;
const token = /\/live\/t\/[^/]+\//;
/** With what the token is for: that of a replay changes when its right does. */
const opened = /\/live\/t\/[^/]+\/[^/]+\//;

/** Keeps a path to watch fresh for as long as a page is open. */
export function createWatchPath(
  first: HeldPath | null,
  renew: () => Promise<Renewed>,
  outside: Pick<PlayerSurroundings, 'now' | 'later'>,
): WatchPath {
  let held = first;
  let heldAt = first ? Number.NEGATIVE_INFINITY : outside.now();
  let asking: Promise<Renewed> | null = null;
  let isClosed = false;
  let plans = 0;

  function plan(ms: number) {
    const mine = (plans += 1);
    outside.later(() => {
      if (!isClosed && mine === plans) void ask();
    }, ms);
  }
  function planRenewal({ expiresAt }: HeldPath) {
    plan(Math.min(mostMs, Math.max(leastMs, (expiresAt - outside.now()) * renewAfter)));
  }
  function ask(): Promise<Renewed> {
    asking ??= renew()
      .catch(() => 'unreachable' as const)
      .then((answer) => {
        asking = null;
        if (typeof answer === 'object') {
          held = answer;
          heldAt = outside.now();
          planRenewal(answer);
        } else if (answer === 'unreachable') plan(tryAgainMs);
        return answer;
      });
    return asking;
  }
  if (first) planRenewal(first);

  return {
    async get() {
      while (!held && !isClosed) {
        const answer = await ask();
        if (answer === 'refused') return null;
        if (answer === 'unreachable')
          await new Promise<void>((resolve) => outside.later(resolve, tryAgainMs));
      }
      return held?.path ?? null;
    },
    async refused(address) {
      const refusedToken = token.exec(address)?.[0];
      if (refusedToken && held && refusedToken !== token.exec(held.path)?.[0]) return 'renewed';
      if (outside.now() - heldAt < tooSoonMs) return 'refused';
      const answer = await ask();
      return typeof answer === 'object' ? 'renewed' : answer;
    },
    rewrite(address) {
      const newest = held && opened.exec(held.path)?.[0];
      return newest ? address.replace(opened, newest) : address;
    },
    close: () => void (isClosed = true),
  };
}
