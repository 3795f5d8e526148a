import { expect } from 'chai';
import { InboundMailModel } from '../../server/inbound-mail/inbound-mail.model.ts';
import { largestMailBytes } from '../../server/inbound-mail/inbound-mail.rules.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { openProduct, type Product } from '../support/product.ts';
import { authserv, post, replyMail, secret, signature, storedMail } from './incoming.ts';

describe('mail handed over by HTTP', () => {
  let product: Product;
  before(async () => {
    const environment = { INBOUND_SECRET: secret, INBOUND_AUTHSERV_ID: authserv };
    product = await openProduct({ worker: false, environment });
  });
  after(() => product.close());
  beforeEach(() => InboundMailModel.deleteMany({}));

  const seconds = (offset = 0) => Math.floor(product.clock.now().getTime() / 1000) + offset;
  const signed = (raw: Buffer, offset: number, key?: string) =>
    post(product, raw, { 'x-plenary-signature': signature(raw, seconds(offset), key) });

  it('is stored before it is answered, with the message that has it read', async () => {
    const raw = replyMail({});
    const answer = await post(product, raw);
    expect(answer.status).to.equal(202);
    const mail = await storedMail(raw);
    expect(mail?.state).to.equal('received');
    const written = await OutboxEntryModel.countDocuments({ 'payload.inboundMailId': mail?._id });
    expect(written).to.equal(1);
  });

  it('is one mail when it is brought twice', async () => {
    const raw = replyMail({});
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(product, raw)));
    expect(answers.map(({ status }) => status)).to.deep.equal([202, 202, 202, 202]);
    expect(await InboundMailModel.countDocuments({})).to.equal(1);
    const id = (await storedMail(raw))?._id;
    expect(await OutboxEntryModel.countDocuments({ 'payload.inboundMailId': id })).to.equal(1);
  });

  it('is refused without a signature of our own over these bytes, made within five minutes', async () => {
    const raw = replyMail({});
    const other = replyMail({ answer: 'DECLINED' });
    const refused = [
      await post(product, raw, { 'x-plenary-signature': '' }),
      await post(product, raw, { 'x-plenary-signature': `t=${seconds()},v1=` }),
      await post(product, raw, { 'x-plenary-signature': `t=${seconds()},v0=${'0'.repeat(64)}` }),
      await post(product, raw, { 'x-plenary-signature': `t=${seconds()},v1=${'0'.repeat(64)}` }),
      // Signed for another mail, or for another moment.
      await post(product, raw, { 'x-plenary-signature': signature(other, seconds()) }),
      await post(product, raw, {
        'x-plenary-signature': signature(raw, seconds()).replace(/t=\d+/, `t=${seconds(1)}`),
      }),
      await signed(raw, 0, 'a secret of somebody else, long enough'),
      await signed(raw, -301),
      await signed(raw, 301),
    ];
    for (const answer of refused) {
      expect(answer.status).to.equal(401);
      expect(answer.headers.get('content-type')).to.include('application/problem+json');
    }
    expect(await InboundMailModel.countDocuments({})).to.equal(0);
    expect((await signed(raw, -299)).status).to.equal(202);
    expect((await signed(other, 299)).status).to.equal(202);
  });

  it('is refused when it is too large or no mail', async () => {
    const large = Buffer.alloc(largestMailBytes + 1, 'a');
    expect((await post(product, large)).status).to.equal(413);
    expect((await post(product, large.subarray(1))).status).to.equal(202);
    const raw = replyMail({});
    expect((await post(product, raw, { 'content-type': 'application/json' })).status).to.equal(415);
    expect((await post(product, raw, { 'content-encoding': 'gzip' })).status).to.equal(415);
    expect(await InboundMailModel.countDocuments({})).to.equal(1);
  });

  it('needs no page of this site behind it, and opens nothing else', async () => {
    const answer = await post(product, replyMail({}), {
      origin: 'https://mx.example',
      'sec-fetch-site': 'cross-site',
    });
    expect(answer.status).to.equal(202);
    expect((await fetch(`${product.url}/webhooks/mail`)).status).to.equal(404);
    expect((await fetch(`${product.url}/account`, { method: 'POST' })).status).to.equal(403);
  });

  it('is forgotten after a month, whatever became of it', () => {
    const expiry = InboundMailModel.schema.indexes().map(([, options]) => options?.expireAfterSeconds);
    expect(expiry).to.include(30 * 24 * 3600);
  });
});

describe('an installation that takes no mail by HTTP', () => {
  it('has no such page', async () => {
    const product = await openProduct({ worker: false });
    try {
      expect((await post(product, replyMail({}))).status).to.equal(404);
    } finally {
      await product.close();
    }
  });
});
