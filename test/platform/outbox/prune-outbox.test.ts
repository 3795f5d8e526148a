import { expect } from 'chai';
import { forgetOldFrames, storeFrame, StoredFrameModel } from '../../../server/platform/mail/stored-frame.ts';
import { measureBacklog } from '../../../server/platform/outbox/measure-backlog.ts';
import { OutboxEntryModel } from '../../../server/platform/outbox/outbox-entry.ts';
import { pruneOutbox } from '../../../server/platform/outbox/prune-outbox.ts';
import { metrics } from '../../../server/platform/metrics/metrics.ts';
import { openProduct, type Product } from '../../support/product.ts';
import { addMail } from './delivering.ts';

describe('an outbox that grows', () => {
  let product: Product;
  before(async () => void (product = await openProduct({ worker: false })));
  after(() => product.close());
  afterEach(() => OutboxEntryModel.deleteMany({}));

  const daysAgo = (days: number) => new Date(product.clock.now().getTime() - days * 86_400_000);
  const end = (name: string, state: 'done' | 'failed', doneAt: Date) =>
    OutboxEntryModel.updateOne({ 'payload.messageId': name }, { $set: { state, doneAt } });

  it('loses what ended long ago, and nothing that waits', async () => {
    for (const name of ['old', 'given-up', 'new', 'waiting'])
      await addMail(product, name, { at: daysAgo(200) });
    await end('old', 'done', daysAgo(91));
    await end('given-up', 'failed', daysAgo(91));
    await end('new', 'done', daysAgo(89));
    const frame = { html: ['a'], text: ['a'], ics: null };
    await storeFrame({ id: 'old', ...frame }, daysAgo(91));
    await storeFrame({ id: 'used-again', ...frame }, daysAgo(91));
    await storeFrame({ id: 'used-again', ...frame }, daysAgo(1));
    await pruneOutbox(daysAgo(90));
    await forgetOldFrames(daysAgo(90));
    const left = await OutboxEntryModel.find().lean();
    expect(left.map(({ payload }) => (payload as { messageId: string }).messageId)).to.have.members([
      'new',
      'waiting',
    ]);
    expect((await StoredFrameModel.find().lean()).map(({ _id }) => _id)).to.deep.equal(['used-again']);
  });

  it('shows in the metrics what waits, for how long, and what was given up', async () => {
    const forget = measureBacklog(product.deps);
    await addMail(product, 'bulk', { at: daysAgo(1), priority: 2 });
    await addMail(product, 'urgent', { priority: 0 });
    await addMail(product, 'later', { dueAt: new Date(product.clock.now().getTime() + 60_000) });
    await addMail(product, 'dead');
    await end('dead', 'failed', product.clock.now());
    const text = await metrics.metrics();
    expect(text).to.include('plenary_outbox_messages{lane="network",state="waiting"} 2');
    expect(text).to.include('plenary_outbox_messages{lane="network",state="failed"} 1');
    expect(text).to.include('plenary_outbox_messages{lane="product",state="waiting"} 0');
    expect(text).to.include('plenary_outbox_oldest_seconds{lane="network"} 86400');
    forget();
    expect(await metrics.metrics()).not.to.include('plenary_outbox_oldest_seconds');
  });
});
