import { expect } from 'chai';
import { claimNextMessage } from '../../../server/platform/outbox/deliver-claim.ts';
import { deliverDueMessages } from '../../../server/platform/outbox/deliver-due-messages.ts';
import { deliverMessage } from '../../../server/platform/outbox/deliver-message.ts';
import { OutboxEntryModel } from '../../../server/platform/outbox/outbox-entry.ts';
import { openProduct, type Product } from '../../support/product.ts';
import { until } from '../../support/until.ts';
import { addConfirmed, addMail, entryOf, handlersWith, untilDone } from './delivering.ts';

describe('holding a message', () => {
  let product: Product;
  const claim = (lane: 'product' | 'network' = 'product') =>
    claimNextMessage(lane, () => product.clock.now());
  before(async () => void (product = await openProduct({ worker: false })));
  after(() => product.close());
  afterEach(async () => void (await OutboxEntryModel.deleteMany({})));

  it('belongs to one claim, until its lease runs out', async () => {
    await addConfirmed(product, 'a');
    expect(await claim()).not.to.equal(null);
    expect(await claim()).to.equal(null);
    product.clock.advance({ seconds: 19 });
    expect(await claim()).to.equal(null);
    product.clock.advance({ seconds: 2 });
    expect((await claim())!.entry.attempts).to.equal(2);
  });

  it('undoes the work of a worker that woke up after its lease ran out', async () => {
    const handlers = handlersWith({
      'registration:repeated': () => addMail(product, 'about.a', { dedupeKey: 'about a' }),
      'mail:ready': async () => {},
    });
    await addConfirmed(product, 'a');
    const stale = (await claim())!;
    product.clock.advance({ seconds: 21 });
    await deliverMessage((await claim())!, handlers, product.deps);
    await deliverMessage(stale, handlers, product.deps);
    expect(await OutboxEntryModel.countDocuments({ kind: 'mail:ready' })).to.equal(1);
    expect(await entryOf('registration:repeated', 'a')).to.include({ state: 'done', lastError: null });
  });

  it('is handed back untried when the worker is asked to stop', async () => {
    let started = 0;
    const hanging = handlersWith({
      'mail:ready': () => {
        started += 1;
        return new Promise(() => {});
      },
    });
    await addMail(product, 'a');
    const delivery = deliverDueMessages(hanging, product.deps);
    await until('the handler to start', () => started === 1);
    const from = performance.now();
    await delivery.stop();
    expect(performance.now() - from).to.be.below(4_000);
    expect(await entryOf('mail:ready', 'a')).to.include({ state: 'waiting', attempts: 0, leaseToken: null });
    const next = deliverDueMessages(handlersWith({ 'mail:ready': async () => {} }), product.deps);
    await untilDone(1);
    await next.stop();
  });

  it('claims nothing more once it was asked to stop', async () => {
    const delivery = deliverDueMessages(
      handlersWith({ 'registration:repeated': async () => {} }),
      product.deps,
    );
    await delivery.stop();
    await addConfirmed(product, 'a');
    expect(await entryOf('registration:repeated', 'a')).to.include({ state: 'waiting', attempts: 0 });
    expect(await claim()).not.to.equal(null);
  });
});
