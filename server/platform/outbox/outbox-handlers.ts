import type { OutboxKind, OutboxPayload } from '../../contracts/outbox-messages.ts';
import type { Deps } from '../../deps.ts';
import type { Skipped } from './deliver-skip.ts';

export interface DeliveryContext {
  /** The instant of this try. */
  readonly at: Date;
  readonly entryId: string;
  /** Somebody waits for it at the screen. */
  readonly isUrgent?: boolean;
  readonly deps: Deps;
}

export type OutboxHandler<K extends OutboxKind> = (
  payload: OutboxPayload<K>,
  context: DeliveryContext,
) => Promise<void | Skipped>;

/**
 * One handler for each kind of message; a kind without one does not compile.
 *
 * A handler runs inside the transaction that also marks its message done: what it writes, follow-up messages
 * included, happens once, whatever crashes. It may run again after a write conflict, so it has no effect outside
 * the database. Kinds that speak to the network (`networkKinds`) run without a transaction, at least once.
 */
export type OutboxHandlers = { readonly [K in OutboxKind]: OutboxHandler<K> };

/**
 * For kinds of which many wait at once: answers a batch in the same transaction, where one read or write can serve
 * all. What it writes must be what the handler of the single message would write.
 */
export type OutboxBatchHandlers = {
  readonly [K in OutboxKind]?: (
    payloads: readonly OutboxPayload<K>[],
    context: DeliveryContext,
  ) => Promise<void>;
};

/** Delivered on lanes of their own, so that a mail server that hangs holds up nothing else. */
export const networkKinds: ReadonlySet<OutboxKind> = new Set<OutboxKind>([
  'mail:ready',
  'viewers:revoked',
  'stream:selected',
  'stream:cut',
  'stream:removed',
  'recording:erased',
  'replay-file:asked',
  'replay-file:dropped',
]);
