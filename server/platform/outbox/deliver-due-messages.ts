import type { Deps } from '../../deps.ts';
import { deliverMessage, deliverTogether } from './deliver-message.ts';
import { openLane } from './deliver-lane.ts';
import { createPace } from './deliver-pace.ts';
import { onDeliveryWakeUp } from './delivery-wake-up.ts';
import type { OutboxBatchHandlers, OutboxHandlers } from './outbox-handlers.ts';

const pollMs = 1_000;
const urgent = [-1, 0];
const others = [1, 2];

export interface Delivery {
  /** Claims nothing more, waits a little for what has begun and hands the rest back. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox until stopped: at once when this process stores a message, and by looking every second. What
 * is urgent has lanes of its own, so it waits for nothing that is not.
 */
export function deliverDueMessages(
  handlers: OutboxHandlers,
  deps: Deps,
  batchHandlers: OutboxBatchHandlers = {},
): Delivery {
  const pace = createPace(deps.config.mailDomainRate);
  const together = (claims: Parameters<typeof deliverTogether>[0]) =>
    deliverTogether(claims, { handlers, batchHandlers }, deps);
  const each = (claims: Parameters<typeof deliverTogether>[0]) =>
    Promise.all(claims.map((claim) => deliverMessage(claim, handlers, deps)));
  const lanes = [
    // One transaction after the other: what writes to the database gains nothing from more at once.
    openLane(
      { lane: 'product', priorities: urgent, atMost: 10, isTogether: true, width: 1, spare: 0 },
      together,
      deps,
    ),
    openLane(
      { lane: 'product', priorities: others, atMost: 100, isTogether: true, width: 1, spare: 0 },
      together,
      deps,
    ),
    // A mail server answers slowly, and what it took waits for the database: so many that its connections never idle.
    openLane(
      { lane: 'network', priorities: urgent, atMost: 8, isTogether: false, width: 8, spare: 0 },
      each,
      deps,
    ),
    openLane(
      { lane: 'network', priorities: others, atMost: 200, isTogether: false, width: 120, spare: 60, pace },
      each,
      deps,
    ),
  ];
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
