/* eslint-disable @typescript-eslint/require-await -- handlers answer with promises, also the short ones here */
import { expect } from 'chai';
import { claimNextMessage } from '../../../server/platform/outbox/deliver-claim.ts';
import { DeliveryFailure } from '../../../server/platform/outbox/deliver-failure.ts';
import { deliverDueMessages, type Delivery } from '../../../server/platform/outbox/deliver-due-messages.ts';
import { OutboxEntryModel } from '../../../server/platform/outbox/outbox-entry.ts';
import type { OutboxHandlers } from '../../../server/platform/outbox/outbox-handlers.ts';
import { openProduct, type Product } from '../../support/product.ts';
import { until } from '../../support/until.ts';
import {
  addConfirmed,
  addMail,
  countIn,
  entryOf,
  handlersWith,
  untilDone,
  untilTried,
} from './delivering.ts';

describe('delivering the outbox', () => {
  let product: Product;
  let running: Delivery[] = [];
  const deliver = (handlers: Partial<OutboxHandlers>) => {
    const delivery = deliverDueMessages(handlersWith(handlers), product.deps);
    running.push(delivery);
    return delivery;
  };
  before(async () => void (product = await openProduct({ worker: false })));
  after(() => product.close());
  afterEach(async () => {
    await Promise.all(running.map((delivery) => delivery.stop()));
    running = [];
    await OutboxEntryModel.deleteMany({});
  });

  it('delivers a message once, as soon as it is stored', async () => {
    const seen: string[] = [];
    deliver({ 'registration:repeated': async ({ registrationId }) => void seen.push(registrationId) });
    await addConfirmed(product, 'a');
    await untilDone(1);
    expect(seen).to.deep.equal(['a']);
    expect(await entryOf('registration:repeated', 'a')).to.include({ state: 'done', attempts: 1 });
  });

  it('leaves what is planned for later until then', async () => {
    const seen: string[] = [];
    deliver({ 'registration:repeated': async ({ registrationId }) => void seen.push(registrationId) });
    const dueAt = new Date(product.clock.now().getTime() + 60_000);
    await addConfirmed(product, 'later', { dueAt, orderKey: 'k' });
    await addConfirmed(product, 'now', { orderKey: 'k' });
    await untilDone(1);
    expect(seen).to.deep.equal(['now']);
    product.clock.advance({ minutes: 2 });
    await untilDone(2);
    expect(seen).to.deep.equal(['now', 'later']);
  });

  it('delivers each message once between two workers', async () => {
    const seen = new Map<string, number>();
    const count: Partial<OutboxHandlers> = {
      'mail:ready': async ({ messageId }) => void seen.set(messageId, (seen.get(messageId) ?? 0) + 1),
    };
    for (let index = 0; index < 300; index += 1) await addMail(product, `m.${index}`);
    deliver(count);
    deliver(count);
    await untilDone(300);
    expect([...seen.values()].filter((times) => times !== 1)).to.deep.equal([]);
    expect(seen.size).to.equal(300);
  }).timeout(60_000);

  it('keeps the order of each key, whatever fails in between', async () => {
    const seen = new Map<string, number[]>();
    const failures = new Set<string>();
    const handlers: Partial<OutboxHandlers> = {
      'mail:ready': async ({ messageId }) => {
        const [, key = '', number] = messageId.split('.');
        if (Number(number) % 2 === 0 && !failures.has(messageId)) {
          failures.add(messageId);
          throw new DeliveryFailure('busy', 'Not now');
        }
        seen.set(key, [...(seen.get(key) ?? []), Number(number)]);
      },
    };
    for (let number = 0; number < 5; number += 1)
      for (const key of ['a', 'b', 'c', 'd']) await addMail(product, `m.${key}.${number}`, { orderKey: key });
    deliver(handlers);
    deliver(handlers);
    await until(
      'every message, while the clock runs',
      async () => {
        product.clock.advance({ seconds: 5 });
        return (await countIn('done')) === 20;
      },
      60_000,
    );
    for (const key of ['a', 'b', 'c', 'd']) expect(seen.get(key), key).to.deep.equal([0, 1, 2, 3, 4]);
    expect(failures.size).to.equal(12);
  }).timeout(90_000);

  it('goes on with a key once an earlier message is given up', async () => {
    const seen: string[] = [];
    deliver({
      'mail:ready': async ({ messageId }) => {
        if (messageId === 'first') throw new DeliveryFailure('refused', 'The mail server answered 550');
        seen.push(messageId);
      },
    });
    await addMail(product, 'first', { orderKey: 'k' });
    await addMail(product, 'second', { orderKey: 'k' });
    await untilDone(1);
    expect(seen).to.deep.equal(['second']);
    expect(await entryOf('mail:ready', 'first')).to.include({
      state: 'failed',
      attempts: 1,
      lastError: 'The mail server answered 550',
    });
  });

  it('stores follow-up messages and completion together: a handler that fails leaves neither', async () => {
    let tries = 0;
    const mails: string[] = [];
    deliver({
      'registration:repeated': async ({ registrationId }) => {
        await addMail(product, `about.${registrationId}`, { dedupeKey: `about ${registrationId}` });
        tries += 1;
        if (tries === 1) throw new Error('fell over after writing');
      },
      'mail:ready': async ({ messageId }) => void mails.push(messageId),
    });
    await addConfirmed(product, 'a');
    await untilTried(1);
    expect(await OutboxEntryModel.countDocuments({ kind: 'mail:ready' })).to.equal(0);
    product.clock.advance({ seconds: 10 });
    await untilDone(2);
    expect(tries).to.equal(2);
    expect(mails).to.deep.equal(['about.a']);
  });

  it('waits longer after each fault, and gives up with the reason', async () => {
    let tries = 0;
    deliver({
      'registration:repeated': async () => {
        tries += 1;
        throw new Error('Cannot read the registration of ada@example.org');
      },
    });
    await addConfirmed(product, 'a');
    const waits: number[] = [];
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await untilTried(attempt);
      const entry = await entryOf('registration:repeated', 'a');
      waits.push(entry.dueAt.getTime() - product.clock.now().getTime());
      product.clock.set(entry.dueAt.toISOString());
    }
    await until('the end', async () => (await countIn('failed')) === 1);
    expect(tries).to.equal(10);
    expect(waits.every((wait, index) => index === 0 || wait > waits[index - 1]! * 0.9)).to.equal(true);
    const { lastError } = await entryOf('registration:repeated', 'a');
    expect(lastError).to.equal('Cannot read the registration of [address]');
  }).timeout(60_000);

  it('forgets the words and links of a mail that was sent', async () => {
    deliver({ 'mail:ready': async () => {} });
    await addMail(product, 'm.1');
    await untilDone(1);
    const entry = await entryOf('mail:ready', 'm.1');
    const kept = Object.keys(entry.payload as object);
    expect(kept).to.include.members(['messageId', 'to', 'subject', 'writtenAt']);
    for (const word of ['html', 'text', 'invite', 'unsubscribeUrl']) expect(kept).not.to.include(word);
  });

  it('takes the most urgent first', async () => {
    for (let index = 0; index < 20; index += 1) await addMail(product, `bulk.${index}`, { priority: 2 });
    await addMail(product, 'sign-in', { priority: 0 });
    const claim = await claimNextMessage('network', () => product.clock.now());
    expect((claim!.entry.payload as { messageId: string }).messageId).to.equal('sign-in');
  });

  it('is not held up by a mail server that hangs', async () => {
    let release = () => {};
    const hang = new Promise<void>((resolve) => (release = resolve));
    deliver({ 'mail:ready': () => hang, 'registration:repeated': async () => {} });
    for (let index = 0; index < 12; index += 1) await addMail(product, `m.${index}`);
    await addConfirmed(product, 'a');
    await untilDone(1);
    expect(await entryOf('registration:repeated', 'a')).to.include({ state: 'done' });
    release();
    await untilDone(13);
  });

  it('gives up what it cannot read, and goes on', async () => {
    await addConfirmed(product, 'broken');
    await OutboxEntryModel.updateOne({}, { $set: { payload: { nothing: true } } });
    deliver({ 'registration:repeated': async () => {} });
    await addConfirmed(product, 'sound');
    await untilDone(1);
    expect(await entryOf('registration:repeated', 'sound')).to.include({ state: 'done' });
    expect(await countIn('done')).to.equal(1);
  });
});
