import type { Deps } from '../../deps.ts';
import { claimNextMessage, handBack, type Claim, type Lane } from './deliver-claim.ts';
import { deliverMessage } from './deliver-message.ts';
import { onDeliveryWakeUp } from './delivery-wake-up.ts';
import type { OutboxHandlers } from './outbox-handlers.ts';

const pollMs = 1_000;
/** How long a stop waits for handlers that have begun; then their messages go back. */
const graceMs = 3_000;
/** Messages handled at once. What writes to the database gains nothing from more; a mail server answers slowly. */
const widths: Readonly<Record<Lane, number>> = { product: 4, network: 8 };

export interface Delivery {
  /** Claims nothing more, waits a little for what has begun and hands the rest back. */
  stop(): Promise<void>;
}

/** Delivers the outbox until stopped: at once when this process stores a message, and by looking every second. */
export function deliverDueMessages(handlers: OutboxHandlers, deps: Deps): Delivery {
  const lanes = (['product', 'network'] as const).map((lane) => openLane(lane, handlers, deps));
  const look = () => lanes.forEach((lane) => lane.look());
  const stopListening = onDeliveryWakeUp(look);
  const poll = setInterval(look, pollMs);
  look();
  return {
    async stop() {
      stopListening();
      clearInterval(poll);
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

function openLane(lane: Lane, handlers: OutboxHandlers, deps: Deps) {
  const inHand = new Set<Claim>();
  const workers = new Set<Promise<void>>();
  let isStopping = false;

  const look = () => {
    if (isStopping || workers.size >= widths[lane]) return;
    const worker = work()
      .catch((error: unknown) => deps.logger.warn({ err: error, lane }, 'delivery is paused for a moment'))
      .finally(() => workers.delete(worker));
    workers.add(worker);
  };

  const work = async () => {
    while (!isStopping) {
      const claim = await claimNextMessage(lane, () => deps.clock.now());
      if (!claim) return;
      if (isStopping) return handBack(claim);
      inHand.add(claim);
      // Where one message was there may be more: each find calls one more worker, up to the width.
      look();
      try {
        await deliverMessage(claim, handlers, deps);
      } finally {
        inHand.delete(claim);
      }
    }
  };

  const stop = async () => {
    isStopping = true;
    const grace = AbortSignal.timeout(graceMs);
    await Promise.race([
      Promise.all(workers),
      new Promise((resolve) => grace.addEventListener('abort', resolve, { once: true })),
    ]);
    await Promise.all([...inHand].map(handBack));
  };
  return { look, stop };
}
