import { expect } from 'chai';
import { OutboxEntryModel, type OutboxEntry } from '../../server/platform/outbox/outbox-entry.ts';
import { SuppressionModel } from '../../server/suppressions/suppression.model.ts';
import { mailsTo, type ReadMail } from '../support/mailbox.ts';
import type { Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { openEvent, register, stored, type TestEvent } from '../registrations/registering.ts';
import { fixture, hand, openReadingProduct } from './incoming.ts';

describe('bounces and complaints', () => {
  let product: Product;
  let event: TestEvent;
  let email: string;
  let mail: ReadMail;
  before(async () => void (product = await openReadingProduct()));
  after(() => product.close());
  beforeEach(async () => {
    event = await openEvent(product);
    email = `${crypto.randomUUID().slice(0, 8)}@example.org`;
    mail = await registered(event);
  });

  async function registered(at: TestEvent, known = 0): Promise<ReadMail> {
    await register(product, at, { email });
    const place = await stored(at, email);
    return until('the confirmation', async () =>
      (await mailsTo(product.url, email, known + 1)).find(({ messageId }) =>
        messageId.includes(place.inviteUid),
      ),
    );
  }
  const bounce = (fields: Partial<Record<'recipient' | 'action' | 'status' | 'messageId', string>>) =>
    hand(
      product,
      fixture('postfix-bounce', {
        recipient: email,
        action: 'failed',
        status: '5.1.1',
        messageId: mail.messageId,
        ...fields,
      }),
    );
  const suppressed = async () =>
    (await SuppressionModel.find({ email }).lean()).map(({ kind, organiserId, detail }) => [
      kind,
      organiserId,
      detail,
    ]);
  const sent = async (): Promise<OutboxEntry | null> =>
    OutboxEntryModel.findOne({
      kind: 'mail:ready',
      'payload.messageId': mail.messageId.slice(1).split('@')[0],
    }).lean();

  it('suppress an address that does not exist at the first bounce, and mark the mail', async () => {
    expect(await bounce({})).to.equal('read');
    expect(await suppressed()).to.deep.equal([['undeliverable', '', '5.1.1']]);
    const { bounce: noted } = (await sent())!;
    expect(noted?.status).to.equal('5.1.1');
    expect(noted?.at).to.deep.equal(product.clock.now());
    // The next mail about a place does not leave.
    await register(product, await openEvent(product), { email });
    const skipped = await until('the mail that is set aside', () =>
      OutboxEntryModel.findOne({ 'payload.to.address': email, skipped: 'suppressed' }).lean(),
    );
    expect(skipped.state).to.equal('done');
  });

  it('only note what another mail may well survive', async () => {
    for (const status of ['5.7.1', '5.2.2', '5.1.8', '5.0.0', '5.6.1'])
      expect(await bounce({ status }), status).to.equal('read');
    expect(await suppressed()).to.deep.equal([]);
    expect((await sent())?.bounce?.status).to.equal('5.7.1');
  });

  it('suppress nobody whom our mail did not go to', async () => {
    const stranger = 'stranger@example.org';
    const forged = [
      { recipient: stranger },
      { messageId: '<confirmed.00000000-0000-4000-8000-000000000000@localhost>' },
      { messageId: mail.messageId.replace('@localhost', '@elsewhere.example') },
      { messageId: '<>' },
      { messageId: `<${'a'.repeat(5_000)}@localhost>` },
      { messageId: '<confirmed.$ne@localhost>', recipient: stranger },
    ];
    for (const fields of forged) expect(await bounce(fields), fields.messageId).to.equal('not-our-mail');
    expect(await SuppressionModel.countDocuments({ email: stranger })).to.equal(0);
    expect(await suppressed()).to.deep.equal([]);
    expect((await sent())?.bounce).to.equal(null);
  });

  it('suppress nobody for a mail that never left', async () => {
    const dedupeKey = `mail ${mail.messageId.slice(1).split('@')[0]}`;
    await until('its end to be noted', () => OutboxEntryModel.exists({ dedupeKey, state: 'done' }));
    await OutboxEntryModel.updateOne({ dedupeKey }, { skipped: 'suppressed' });
    expect(await bounce({})).to.equal('not-our-mail');
    expect(await suppressed()).to.deep.equal([]);
  });

  it('make nothing of a delay, a success or a report that says too little', async () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded'])
      expect(await bounce({ action, status: '4.4.1' }), action).to.equal('not-a-failure');
    expect(await bounce({ status: 'unknown' })).to.equal('not-a-failure');
    const raw = fixture('postfix-bounce', {
      recipient: email,
      action: 'failed',
      status: '5.1.1',
      messageId: mail.messageId,
    });
    const bare = raw.toString().replace('text/rfc822-headers', 'text/plain');
    expect(await hand(product, Buffer.from(bare))).to.equal('not-a-failure');
    expect(await suppressed()).to.deep.equal([]);
  });

  it('suppress an address that takes no mail for the fifth time within a month, each mail counted once', async () => {
    for (let mails = 1; mails <= 5; mails += 1) {
      expect(await suppressed(), `after ${mails - 1} mails`).to.deep.equal([]);
      await bounce({ status: '4.2.2' });
      await bounce({ status: '4.4.7' });
      if (mails < 5) mail = await registered(await openEvent(product), mails);
    }
    expect(await suppressed()).to.deep.equal([['undeliverable', '', '4.2.2']]);
  }).timeout(40_000);

  const complain = (fields: Partial<Record<'recipient' | 'type' | 'messageId', string>>) =>
    fixture('complaint', { recipient: email, type: 'abuse', messageId: mail.messageId, ...fields });

  it('suppress who complained', async () => {
    expect(await hand(product, complain({}))).to.equal('read');
    expect(await suppressed()).to.deep.equal([['complaint', '', '']]);
  });

  it('know a complaint that leaves the address out by the mail alone', async () => {
    const raw = complain({})
      .toString()
      .replace(/Original-Rcpt-To: .*\r\n/, '');
    expect(await hand(product, Buffer.from(raw))).to.equal('read');
    expect(await suppressed()).to.deep.equal([['complaint', '', '']]);
  });

  it('believe no complaint about another mail or in another name, and no praise', async () => {
    expect(await hand(product, complain({ recipient: 'stranger@example.org' }))).to.equal('not-our-mail');
    expect(await hand(product, complain({ messageId: '<confirmed.1@localhost>' }))).to.equal('not-our-mail');
    expect(await hand(product, complain({ type: 'not-spam' }))).to.equal('not-a-failure');
    expect(await suppressed()).to.deep.equal([]);
  });

  // The last one: it moves the clock beyond the other events.
  it('forget failures for now after a month', async () => {
    for (let mails = 1; mails <= 5; mails += 1) {
      await bounce({ status: '4.2.2' });
      if (mails === 4) product.clock.advance({ days: 31 });
      if (mails < 5)
        mail = await registered(
          await openEvent(product, { startsAt: new Date('2027-12-24'), endsAt: new Date('2027-12-25') }),
          mails,
        );
    }
    expect(await suppressed()).to.deep.equal([]);
  }).timeout(40_000);
});
