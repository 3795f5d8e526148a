/* eslint-disable @typescript-eslint/require-await -- handlers answer with promises, also the short ones here */
import { expect } from 'chai';
import { claimMessages, claimNextMessage } from '../../../server/platform/outbox/deliver-claim.ts';
import { deliverDueMessages } from '../../../server/platform/outbox/deliver-due-messages.ts';
import { createPace } from '../../../server/platform/outbox/deliver-pace.ts';
import { OutboxEntryModel } from '../../../server/platform/outbox/outbox-entry.ts';
import { openProduct, type Product } from '../../support/product.ts';
import { until } from '../../support/until.ts';
import { addConfirmed, addMail, entryOf, handlersWith, untilDone } from './delivering.ts';

const others = [1, 2];

describe('the pace of mail to one domain', () => {
  let product: Product;
  before(async () => void (product = await openProduct({ worker: false })));
  after(() => product.close());
  afterEach(() => OutboxEntryModel.deleteMany({}));

  const now = () => product.clock.now();
  const claim = (pace: ReturnType<typeof createPace>, priorities = others) =>
    claimMessages({ lane: 'network', priorities, atMost: 50, pace }, now);
  const names = (claims: Awaited<ReturnType<typeof claim>>) =>
    claims.map(({ entry }) => (entry.payload as { messageId: string }).messageId);

  it('lets a second of mail go, spreads the rest, and holds up no other domain', async () => {
    for (let index = 0; index < 20; index += 1)
      await addMail(product, `big.${index}`, { paceKey: 'big.org' });
    await addMail(product, 'small', { paceKey: 'small.org' });
    const pace = createPace(5);
    expect(names(await claim(pace))).to.deep.equal(['big.0', 'big.1', 'big.2', 'big.3', 'big.4', 'small']);
    expect(await claim(pace)).to.deep.equal([]);
    const waiting = await OutboxEntryModel.find({ isPostponed: true }).sort({ order: 1 }).lean();
    const waits = waiting.map(({ dueAt }) => dueAt.getTime() - now().getTime());
    expect(waits).to.deep.equal(Array.from({ length: 15 }, (_, index) => (index + 1) * 200));
    product.clock.advance({ seconds: 1 });
    expect(names(await claim(pace))).to.deep.equal(['big.5', 'big.6', 'big.7', 'big.8', 'big.9']);
    product.clock.advance({ seconds: 1 });
    expect(await claim(pace)).to.have.length(5);
  });

  it('does not count what is urgent, nor hold it back', async () => {
    const pace = createPace(1);
    for (let index = 0; index < 3; index += 1)
      await addMail(product, `urgent.${index}`, { paceKey: 'big.org', priority: 0 });
    await addMail(product, 'ordinary', { paceKey: 'big.org' });
    expect(await claim(pace, [0])).to.have.length(3);
    expect(names(await claim(pace))).to.deep.equal(['ordinary']);
  });

  it('keeps the order of a place: what was put off still goes first', async () => {
    const pace = createPace(1);
    await addMail(product, 'other', { paceKey: 'big.org' });
    await addMail(product, 'invite', { paceKey: 'big.org', orderKey: 'k' });
    expect(names(await claim(pace))).to.deep.equal(['other']);
    await OutboxEntryModel.deleteOne({ 'payload.messageId': 'other' });
    await addMail(product, 'update', { paceKey: 'free.org', orderKey: 'k' });
    expect(await claim(pace)).to.deep.equal([]);
    product.clock.advance({ seconds: 61 });
    expect(names(await claim(pace))).to.deep.equal(['invite']);
  });

  it('makes nothing wait for bulk mail to the same person, put off or due, but other bulk mail', async () => {
    const pace = createPace(1);
    await addMail(product, 'other', { paceKey: 'big.org', priority: 2 });
    await addMail(product, 'news', { paceKey: 'big.org', priority: 2, orderKey: 'k' });
    await addMail(product, 'reminder', { priority: 2, orderKey: 'k' });
    expect(names(await claim(pace, [2]))).to.deep.equal(['other']);
    await addMail(product, 'link', { priority: 0, orderKey: 'k' });
    expect(names(await claim(pace, [0]))).to.deep.equal(['link']);
    await OutboxEntryModel.deleteMany({ 'payload.messageId': 'link' });
    await addMail(product, 'update', { priority: 1, orderKey: 'k' });
    expect(names(await claim(pace, [1]))).to.deep.equal(['update']);
    expect(await claim(pace, [2])).to.deep.equal([]);
  });
});

describe('a message that ends the process each time', () => {
  let product: Product;
  before(async () => void (product = await openProduct({ worker: false })));
  after(() => product.close());
  afterEach(() => OutboxEntryModel.deleteMany({}));

  it('is given up with its reason, and takes none of those beside it along', async () => {
    await addConfirmed(product, 'killer');
    for (const name of ['a', 'b', 'c']) await addConfirmed(product, name);
    const wanted = { lane: 'product' as const, priorities: others, atMost: 10 };
    const now = () => product.clock.now();
    expect(await claimMessages(wanted, now)).to.have.length(4);
    for (let death = 1; death < 10; death += 1) {
      product.clock.advance({ seconds: 21 });
      const claims = await claimMessages(wanted, now);
      expect(
        claims.map(({ entry }) => (entry.payload as { registrationId: string }).registrationId),
      ).to.deep.equal(['killer']);
    }
    product.clock.advance({ seconds: 21 });
    const answered: string[] = [];
    const delivery = deliverDueMessages(
      handlersWith({
        'registration:repeated': async ({ registrationId }) => {
          if (registrationId === 'killer') throw new Error('It was tried once more');
          answered.push(registrationId);
        },
      }),
      product.deps,
    );
    await untilDone(3);
    await until('the end', async () => (await OutboxEntryModel.countDocuments({ state: 'failed' })) === 1);
    await delivery.stop();
    expect(answered).to.deep.equal(['a', 'b', 'c']);
    expect((await entryOf('registration:repeated', 'killer')).lastError).to.equal(
      'The process ended each time this message was in hand',
    );
    expect((await entryOf('registration:repeated', 'c')).lapses).to.equal(1);
  });

  it('is answered by itself after it failed in a batch, and the batch without it', async () => {
    for (const name of ['a', 'bad', 'b']) await addConfirmed(product, name);
    const answered: string[] = [];
    const delivery = deliverDueMessages(
      handlersWith({
        'registration:repeated': async ({ registrationId }) => {
          if (registrationId === 'bad') throw new Error('No');
          await addMail(product, `about.${registrationId}`, {
            dedupeKey: `about ${registrationId}`,
            orderKey: 'k',
          });
        },
        'mail:ready': async ({ messageId }) => void answered.push(messageId),
      }),
      product.deps,
    );
    await untilDone(4);
    await delivery.stop();
    expect(answered).to.deep.equal(['about.a', 'about.b']);
    expect(await entryOf('registration:repeated', 'bad')).to.include({ state: 'waiting', lastError: 'No' });
    expect(await claimNextMessage('product', () => product.clock.now())).to.equal(null);
  });
});
