import { outboxMessages, type OutboxKind } from '../../contracts/outbox-messages.ts';
import type { Deps } from '../../deps.ts';
import { outboxDeliveries } from '../metrics/metrics.ts';
import { leaseMs, renewLease, unpark, type Claim } from './deliver-claim.ts';
import { LeaseLost, markDone, markFailed } from './deliver-outcome.ts';
import type { Skipped } from './deliver-skip.ts';
import type { DeliveryContext, OutboxHandlers } from './outbox-handlers.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** Runs the handler of a claimed message and stores how it ended. Throws only when that cannot be stored. */
export async function deliverMessage(claim: Claim, handlers: OutboxHandlers, deps: Deps): Promise<void> {
  const { entry } = claim;
  const renewal = setInterval(
    // A renewal that fails lets the lease run out, and then the message is somebody else's.
    () => void renewLease(claim, deps.clock.now()).catch(() => undefined),
    leaseMs / 4,
  );
  renewal.unref();
  try {
    await runHandler(claim, handlers, deps);
    outboxDeliveries.inc({ kind: entry.kind, result: 'done' });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    await recordFailure(claim, error, deps);
  } finally {
    clearInterval(renewal);
  }
  await unpark(entry);
}

async function runHandler(claim: Claim, handlers: OutboxHandlers, deps: Deps): Promise<void> {
  const { entry } = claim;
  const at = deps.clock.now();
  const handle = () => callHandler(entry, handlers, { at, entryId: entry._id, deps });
  if (entry.lane === 'network') {
    const result = await handle();
    await markDone(claim, deps.clock.now(), result?.skipped);
    return;
  }
  await deps.transaction(async () => {
    // First, so that a message that was taken from us does nothing.
    await markDone(claim, at);
    await handle();
  });
}

async function callHandler(
  entry: OutboxEntry,
  handlers: OutboxHandlers,
  context: DeliveryContext,
): Promise<void | Skipped> {
  if (!isKnown(entry.kind)) throw new Error(`No handler for ${entry.kind}`);
  return callTyped(entry.kind, entry.payload, handlers, context);
}

async function callTyped<K extends OutboxKind>(
  kind: K,
  payload: unknown,
  handlers: OutboxHandlers,
  context: DeliveryContext,
): Promise<void | Skipped> {
  const schema: (typeof outboxMessages)[K] = outboxMessages[kind];
  const handler: OutboxHandlers[K] = handlers[kind];
  return handler(schema.parse(payload) as Parameters<OutboxHandlers[K]>[0], context);
}

function isKnown(kind: string): kind is OutboxKind {
  return Object.hasOwn(outboxMessages, kind);
}

async function recordFailure(claim: Claim, error: unknown, deps: Deps): Promise<void> {
  const { _id: entryId, kind, attempts } = claim.entry;
  const result = await markFailed(claim, error, deps.clock.now());
  outboxDeliveries.inc({ kind, result });
  if (result === 'failed') deps.logger.error({ err: error, entryId, kind, attempts }, 'message given up');
  else deps.logger.warn({ err: error, entryId, kind, attempts }, 'message will be tried again');
}
