import { outboxMessages, type OutboxKind, type OutboxPayload } from '../../contracts/outbox-messages.ts';
import type { Deps } from '../../deps.ts';
import { outboxDeliveries } from '../metrics/metrics.ts';
import type { Claim } from './deliver-claim.ts';
import { unparkKeys } from './deliver-order.ts';
import { finishMessage, LeaseLost, markAllDone, markFailed } from './deliver-outcome.ts';
import type { Skipped } from './deliver-skip.ts';
import type { DeliveryContext, OutboxBatchHandlers, OutboxHandlers } from './outbox-handlers.ts';
import type { OutboxEntry } from './outbox-entry.ts';

interface Answering {
  readonly handlers: OutboxHandlers;
  readonly batchHandlers: OutboxBatchHandlers;
}

/**
 * Answers messages that only write to the database in one transaction, in order. When it does not hold, because one
 * of them fails or was taken from us, each is answered by itself.
 */
export async function deliverTogether(
  claims: readonly Claim[],
  answering: Answering,
  deps: Deps,
): Promise<void> {
  if (claims.length > 1) {
    try {
      await deps.transaction(() => answerAll(claims, answering, deps));
      for (const { entry } of claims) outboxDeliveries.inc({ kind: entry.kind, result: 'done' });
      await unparkKeys(claims.map(({ entry }) => entry.orderKey));
      return;
    } catch (error) {
      deps.logger.debug({ err: error, messages: claims.length }, 'a batch is answered one by one');
    }
  }
  for (const claim of claims) await deliverMessage(claim, answering.handlers, deps);
}

/** Runs the handler of a claimed message and stores how it ended. Throws only when that cannot be stored. */
export async function deliverMessage(claim: Claim, handlers: OutboxHandlers, deps: Deps): Promise<void> {
  const { entry } = claim;
  try {
    if (entry.lapses >= mostLapses) throw new Lapsed();
    await runHandler(claim, handlers, deps);
    outboxDeliveries.inc({ kind: entry.kind, result: 'done' });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    await recordFailure(claim, error, deps);
  }
}

/** As many as our own faults are tried: what is never heard of again may be what ends the process. */
const mostLapses = 10;

/** A message that is not tried any more. */
class Lapsed extends Error {
  constructor() {
    super('The process ended each time this message was in hand');
    this.name = 'Lapsed';
  }
}

async function runHandler(claim: Claim, handlers: OutboxHandlers, deps: Deps): Promise<void> {
  const { entry } = claim;
  const at = deps.clock.now();
  const handle = () => callHandler(entry, handlers, contextOf(entry, at, deps));
  if (entry.lane === 'network') {
    const result = await handle();
    await finishMessage(claim, deps.clock.now(), result?.skipped ?? null);
    return;
  }
  await deps.transaction(async () => {
    // First, so that a message that was taken from us does nothing.
    await markAllDone([claim], at);
    await handle();
  });
  await unparkKeys([entry.orderKey]);
}

async function answerAll(claims: readonly Claim[], answering: Answering, deps: Deps): Promise<void> {
  const { handlers, batchHandlers } = answering;
  const at = deps.clock.now();
  await markAllDone(claims, at);
  for (let from = 0; from < claims.length;) {
    const { entry } = claims[from]!;
    const alike = claims.slice(from).findIndex((claim) => claim.entry.kind !== entry.kind);
    const until = alike < 0 ? claims.length : from + alike;
    const entries = claims.slice(from, until).map((claim) => claim.entry);
    const handleAll = isKnown(entry.kind) ? batchHandlers[entry.kind] : undefined;
    if (handleAll)
      await callBatch(entry.kind as OutboxKind, entries, batchHandlers, contextOf(entry, at, deps));
    else for (const one of entries) await callHandler(one, handlers, contextOf(one, at, deps));
    from = until;
  }
}

const contextOf = ({ _id, priority }: OutboxEntry, at: Date, deps: Deps): DeliveryContext => ({
  at,
  entryId: _id,
  isUrgent: priority <= 0,
  deps,
});

async function callBatch<K extends OutboxKind>(
  kind: K,
  entries: readonly OutboxEntry[],
  batchHandlers: OutboxBatchHandlers,
  context: DeliveryContext,
): Promise<void> {
  const schema: (typeof outboxMessages)[K] = outboxMessages[kind];
  const payloads = entries.map(({ payload }) => schema.parse(payload) as OutboxPayload<K>);
  await batchHandlers[kind]?.(payloads, context);
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
  const { _id: entryId, kind, attempts, orderKey } = claim.entry;
  const result = await markFailed(claim, error, deps.clock.now(), error instanceof Lapsed);
  outboxDeliveries.inc({ kind, result });
  if (result === 'failed') deps.logger.error({ err: error, entryId, kind, attempts }, 'message given up');
  else deps.logger.warn({ err: error, entryId, kind, attempts }, 'message will be tried again');
  await unparkKeys([orderKey]);
}
