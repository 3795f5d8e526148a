import { expect } from 'chai';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { SuppressionModel } from '../../server/suppressions/suppression.model.ts';
import { saysNoSuchAddress } from '../../server/suppressions/undeliverable.rules.ts';
import { openEvent, register } from '../registrations/registering.ts';
import { openProduct, type Product } from '../support/product.ts';
import { openSmtpSink, type Said } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';

const answers: Record<string, Said | number> = {
  'nobody@example.org': { code: 550, text: '5.1.1 <nobody@example.org>: User unknown' },
  'policy@example.org': { code: 550, text: '5.7.1 Not from you' },
  'full@example.org': { code: 552, text: '5.2.2 Mailbox full' },
  'sender@example.org': { code: 550, text: '5.1.8 Bad sender' },
  'bare@example.org': 550,
};

describe('addresses that a server refuses at once', () => {
  let product: Product;
  let sink: Awaited<ReturnType<typeof openSmtpSink>>;
  before(async () => {
    sink = await openSmtpSink({ onRecipient: (address) => answers[address] ?? null });
    product = await openProduct({ environment: { SMTP_URL: sink.url } });
  });
  after(async () => {
    await product.close();
    await sink.close();
  });

  it('are suppressed where the server says that there is no such address, and only there', async () => {
    const event = await openEvent(product);
    for (const email of Object.keys(answers)) await register(product, event, { email });
    for (const email of Object.keys(answers))
      await until('the mail to be given up', () =>
        OutboxEntryModel.findOne({ 'payload.to.address': email, state: 'failed' }).lean(),
      );
    const suppressed = await SuppressionModel.find({}).lean();
    expect(suppressed.map(({ _id, detail }) => [_id, detail])).to.deep.equal([
      ['undeliverable  nobody@example.org', '5.1.1'],
    ]);
    const failed = await OutboxEntryModel.findOne({ 'payload.to.address': 'nobody@example.org' }).lean();
    expect(failed?.lastError).to.equal('The mail server answered 550 to RCPT TO');
    await register(product, await openEvent(product), { email: 'nobody@example.org' });
    await until('the next mail to be set aside', () =>
      OutboxEntryModel.findOne({ skipped: 'suppressed' }).lean(),
    );
    expect(sink.asked.get('nobody@example.org')).to.equal(1);
  });

  it('are told by their enhanced status', () => {
    const said = (status: string) => saysNoSuchAddress(status);
    expect(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.1', '5.4.4'].every(said)).to.equal(
      true,
    );
    const others = ['4.1.1', '5.1.7', '5.1.8', '5.1.11', '5.2.2', '5.7.1', '5.0.0', '5.4.7', '15.1.1', ''];
    expect(others.filter(said)).to.deep.equal([]);
  });
});
