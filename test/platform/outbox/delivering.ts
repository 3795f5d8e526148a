import { outboxMessages, type OutboxKind } from '../../../server/contracts/outbox-messages.ts';
import {
  addOutboxMessages,
  type OutboxOptions,
} from '../../../server/platform/outbox/add-outbox-messages.ts';
import { OutboxEntryModel, type OutboxEntry } from '../../../server/platform/outbox/outbox-entry.ts';
import type { OutboxHandlers } from '../../../server/platform/outbox/outbox-handlers.ts';
import type { Product } from '../../support/product.ts';
import { until } from '../../support/until.ts';

/** Handlers for the kinds a test is about; any other kind is a mistake of the test. */
export function handlersWith(some: Partial<OutboxHandlers>): OutboxHandlers {
  const none = Object.keys(outboxMessages).map((kind) => [
    kind,
    () => Promise.reject(new Error(`Nothing in this test answers ${kind}`)),
  ]);
  return { ...(Object.fromEntries(none) as OutboxHandlers), ...some };
}

type Options = Partial<OutboxOptions>;

/** Stores a message that is only a name to the test. */
export const addConfirmed = (product: Product, name: string, options: Options = {}) =>
  addOutboxMessages([
    {
      message: { kind: 'registration:repeated', payload: { registrationId: name } },
      options: { at: product.clock.now(), ...options },
    },
  ]);

export const addMail = (product: Product, name: string, options: Options = {}) =>
  addOutboxMessages([
    {
      message: {
        kind: 'mail:ready',
        payload: {
          messageId: name,
          fromName: 'Civic Learning',
          replyTo: null,
          to: { name: 'Ada', address: `${name.replaceAll('.', '-')}@example.org` },
          subject: name,
          html: '<p>Hello</p>',
          text: 'Hello',
          invite: null,
          writtenAt: product.clock.now(),
        },
      },
      options: { at: product.clock.now(), ...options },
    },
  ]);

export async function entryOf(kind: OutboxKind, name: string): Promise<OutboxEntry> {
  const path = kind === 'mail:ready' ? 'payload.messageId' : 'payload.registrationId';
  const entry = await OutboxEntryModel.findOne({ kind, [path]: name }).lean();
  if (!entry) throw new Error(`No entry ${name}`);
  return entry;
}

export const countIn = (state: OutboxEntry['state']) => OutboxEntryModel.countDocuments({ state });

export const untilDone = (count: number) =>
  until(`${count} done messages`, async () => (await countIn('done')) >= count, 30_000);

/** Waits until every message was tried, and is not in hand any more. */
export const untilTried = (attempts: number) =>
  until(`${attempts} tries`, async () => {
    const entries = await OutboxEntryModel.find({ leaseToken: null }).lean();
    return entries.reduce((sum, entry) => sum + entry.attempts, 0) >= attempts;
  });
