import type { OutboxKind, OutboxPayload } from '../../contracts/outbox-messages.ts';
import type { Deps } from '../../deps.ts';
import type { Skipped } from './deliver-skip.ts';

export interface DeliveryContext {
  /** The instant of this try. */
  readonly at: Date;
  readonly entryId: string;
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

/** Delivered on lanes of their own, so that a mail server that hangs holds up nothing else. */
export const networkKinds: ReadonlySet<OutboxKind> = new Set<OutboxKind>(['mail:ready']);
