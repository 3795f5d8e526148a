import type { Deps } from '../../deps.ts';
import { claimMessages, handBack, leaseMs, renewLeases, type Claim, type Wanted } from './deliver-claim.ts';

/** How long a stop waits for handlers that have begun; then their messages go back. */
const graceMs = 3_000;

interface LaneShape extends Wanted {
  /** What is claimed at a time is one piece of work. */
  readonly isTogether: boolean;
  /** Pieces of work at once. */
  readonly width: number;
  /** Pieces that are claimed and wait; as few as this, and more are claimed. Not at each end: claims are dear. */
  readonly spare: number;
}

export interface OpenLane {
  look(): void;
  stop(): Promise<void>;
}

/** Claims messages of one kind of urgency ahead of need and delivers them, as many at once as the lane is wide. */
export function openLane(
  shape: LaneShape,
  deliver: (claims: readonly Claim[]) => Promise<unknown>,
  deps: Pick<Deps, 'clock' | 'logger'>,
): OpenLane {
  const now = () => deps.clock.now();
  const complain = (error: unknown) =>
    deps.logger.warn({ err: error, lane: shape.lane }, 'delivery is paused for a moment');
  const waiting: (readonly Claim[])[] = [];
  const running = new Map<readonly Claim[], Promise<void>>();
  let filling: Promise<void> | null = null;
  let isCalled = false;
  let mayBeMore = true;
  let isStopping = false;

  // A renewal that fails lets the leases run out, and then the messages are somebody else's.
  const renewal = setInterval(
    () => void renewLeases([...running.keys(), ...waiting].flat(), now()).catch(() => undefined),
    leaseMs / 4,
  );
  renewal.unref();

  const look = () => {
    isCalled = true;
    filling ??= fill()
      .catch(complain)
      .finally(() => {
        filling = null;
        if (isCalled && !isStopping && isHungry()) look();
      });
  };

  const isHungry = () => waiting.length <= shape.spare && (shape.spare > 0 || running.size < shape.width);

  const fill = async () => {
    while (isCalled && !isStopping && isHungry()) {
      isCalled = false;
      const claims = await claimMessages(shape, now);
      mayBeMore = claims.length > 0;
      if (!mayBeMore) continue;
      isCalled = true;
      waiting.push(...(shape.isTogether ? [claims] : claims.map((claim) => [claim])));
      work();
    }
  };

  const work = () => {
    while (!isStopping && running.size < shape.width) {
      const claims = waiting.shift();
      if (!claims) return;
      const piece = deliver(claims)
        .then(() => undefined, complain)
        .finally(() => {
          running.delete(claims);
          work();
          // What an end sets free wakes the lanes by itself.
          if (mayBeMore || isCalled) look();
        });
      running.set(claims, piece);
    }
  };

  const stop = async () => {
    isStopping = true;
    await filling;
    await handBack(waiting.splice(0).flat());
    const grace = AbortSignal.timeout(graceMs);
    await Promise.race([
      Promise.all(running.values()),
      new Promise((resolve) => grace.addEventListener('abort', resolve, { once: true })),
    ]);
    clearInterval(renewal);
    await handBack([...running.keys()].flat());
  };
  return { look, stop };
}
