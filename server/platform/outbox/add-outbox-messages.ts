import { outboxMessages, type OutboxMessage } from '../../contracts/outbox-messages.ts';
import { afterCommit } from '../database/transaction.ts';
import { isDuplicateKey } from '../database/is-duplicate-key.ts';
import { newId } from '../new-id.ts';
import { networkKinds } from './outbox-handlers.ts';
import { OutboxEntryModel, untriedEntry } from './outbox-entry.ts';
import { wakeDelivery } from './delivery-wake-up.ts';

/**
 * -1 is for who waits at a sign-in and comes before all, 0 for what is urgent, also to everybody at once, 1 is
 * ordinary, 2 is bulk.
 */
export type Priority = -1 | 0 | 1 | 2;

/** How one message is to be delivered. */
export interface OutboxOptions {
  readonly at: Date;
  /** Defaults to an id of its own: set it whenever the same change could be written twice. */
  readonly dedupeKey?: string;
  readonly orderKey?: string;
  readonly priority?: Priority;
  /** Messages with the same key are spread over time: the domain a mail goes to. */
  readonly paceKey?: string;
  readonly dueAt?: Date;
  /** `event:<id>`: lists it in that event's console. */
  readonly scope?: string;
}

/**
 * Stores messages in the transaction of the change that causes them. A message whose `dedupeKey` is already
 * there is an error inside a transaction (11000 aborts it); outside one it is quietly the same message.
 */
export async function addOutboxMessages(
  entries: readonly { readonly message: OutboxMessage; readonly options: OutboxOptions }[],
): Promise<void> {
  if (entries.length === 0) return;
  const documents = entries.map(({ message, options }) => {
    const id = newId();
    return {
      _id: id,
      kind: message.kind,
      lane: networkKinds.has(message.kind) ? ('network' as const) : ('product' as const),
      payload: outboxMessages[message.kind].parse(message.payload),
      dedupeKey: options.dedupeKey ?? id,
      orderKey: options.orderKey ?? null,
      order: nextOrder(options.at),
      priority: options.priority ?? 1,
      scope: options.scope ?? null,
      paceKey: options.paceKey ?? null,
      ...untriedEntry(),
      dueAt: options.dueAt ?? options.at,
      createdAt: options.at,
    };
  });
  await OutboxEntryModel.insertMany(documents, { ordered: true, lean: true });
  afterCommit(wakeDelivery);
}

let lastOrder = 0;

/**
 * Rises with every message of this process, also within one millisecond. Between processes it follows the clock,
 * which is enough: two changes of one registration wait for each other in the database.
 */
function nextOrder(at: Date): number {
  lastOrder = Math.max(lastOrder + 1, at.getTime() * 1000);
  return lastOrder;
}

/** `addOutboxMessages` for one message, and `false` when it was there already. Not inside a transaction. */
export async function addOutboxMessageOnce(message: OutboxMessage, options: OutboxOptions): Promise<boolean> {
  try {
    await addOutboxMessages([{ message, options }]);
    return true;
  } catch (error) {
    if (isDuplicateKey(error, 'dedupeKey')) return false;
    throw error;
  }
}
