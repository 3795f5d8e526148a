import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel, type Registration } from '../../server/registrations/registration.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import type { Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import {
  cancel,
  holderOf,
  openEvent,
  register,
  stored,
  type TestEvent,
} from '../registrations/registering.ts';
import { authserv, fixture, hand, openReadingProduct, replyMail, storedMail, vouched } from './incoming.ts';

describe('calendar replies', () => {
  let product: Product;
  let event: TestEvent;
  let place: Registration;
  before(async () => void (product = await openReadingProduct()));
  after(() => product.close());
  beforeEach(async () => {
    event = await openEvent(product);
    await register(product, event);
    place = await stored(event);
  });

  const intent = async () => (await stored(event)).intent?.answer ?? null;
  const reply = (fields: Parameters<typeof replyMail>[0]) =>
    hand(product, replyMail({ uid: place.inviteUid, ...fields }));
  const offers = async () =>
    (await readMailbox(product.url)).filter(({ messageId }) =>
      messageId.startsWith(`<release-offered.${place.inviteUid}@`),
    );
  /** Everything that was written so far about the place is done. */
  const settled = () =>
    until(
      'the outbox to be empty',
      async () => (await OutboxEntryModel.countDocuments({ state: 'waiting' })) === 0,
    );

  for (const [name, answer] of [
    ['outlook-accepted', 'accepted'],
    ['gmail-declined', 'declined'],
    ['apple-tentative', 'tentative'],
  ] as const)
    it(`reads what a calendar sends: ${name}`, async () => {
      const values = { attendee: place.email, uid: place.inviteUid, sequence: 0 };
      expect(await hand(product, fixture(name, values))).to.equal('read');
      const { intent: kept, status } = await stored(event);
      expect(kept?.answer).to.equal(answer);
      expect(status).to.equal('confirmed');
    });

  it('forgets what a mail said once it is read', async () => {
    const raw = replyMail({ uid: place.inviteUid });
    await hand(product, raw);
    expect((await storedMail(raw))?.raw).to.equal(null);
  });

  it('asks once whether the place may go, and ends nothing by itself', async () => {
    expect(await reply({ answer: 'DECLINED' })).to.equal('read');
    const mail = await until('the offer', async () => (await offers())[0]);
    expect(mail.to).to.equal(place.email);
    expect(mail.subject).to.equal('Do you still want your place? Learning & Development');
    expect(await reply({ answer: 'ACCEPTED', stamp: '20261124T085600Z' })).to.equal('read');
    expect(await reply({ answer: 'DECLINED', stamp: '20261124T085700Z' })).to.equal('read');
    await settled();
    expect(await offers()).to.have.length(1);
    const browser = new BrowserSession(product.url);
    const link = /http:\/\/localhost\S+\/open\/\S+/.exec(mail.text)?.[0] ?? '';
    expect((await browser.get(link)).status).to.equal(200);
    const page = await browser.postAndFollow(link, {});
    const button = `/registrations/${place._id}/cancel`;
    expect(await page.text()).to.include(`"${button}"`);
    expect(await (await browser.get(button)).text()).to.include(`action="${button}"`);
    expect((await stored(event)).status).to.equal('confirmed');
    expect(await intent()).to.equal('declined');
  });

  it('asks again about a place that was claimed anew, and has forgotten the old answer', async () => {
    await reply({ answer: 'DECLINED' });
    await until('the offer', async () => (await offers())[0]);
    await cancel(product, await stored(event));
    await register(product, event);
    const old = place;
    place = await stored(event);
    expect(place.inviteUid).not.to.equal(old.inviteUid);
    expect(await intent()).to.equal(null);
    expect(await reply({ uid: old.inviteUid, stamp: '20261124T085900Z' })).to.equal('unknown-invite');
    await reply({ answer: 'DECLINED' });
    await until('the offer', async () => (await offers())[0]);
  });

  it('offers nothing once the event began, was cancelled, or the place was given up', async () => {
    await EventModel.updateOne({ _id: event.id }, { startsAt: product.clock.now() });
    expect(await reply({ answer: 'DECLINED' })).to.equal('read');
    await settled();
    expect(await offers()).to.deep.equal([]);
    await RegistrationModel.updateOne({ _id: place._id }, { releaseOfferedUid: null });
    await EventModel.updateOne({ _id: event.id }, { startsAt: new Date('2026-12-24'), status: 'cancelled' });
    await OutboxEntryModel.deleteMany({ kind: 'registration:invite-declined' });
    await reply({ answer: 'DECLINED', stamp: '20261124T085600Z' });
    await settled();
    expect(await offers()).to.deep.equal([]);
    await cancel(product, place);
    expect(await reply({ stamp: '20261124T085700Z' })).to.equal('unknown-invite');
  });

  it('believes nobody but the attendee', async () => {
    await register(product, event, { email: 'eve@example.org' });
    const eve = await stored(event, 'eve@example.org');
    const refused = {
      'not-from-attendee': [
        { from: 'eve@example.org' },
        { from: 'Ada <ada@example.org>, eve@example.org' },
        { from: '"ada@example.org" <eve@example.org>' },
        { from: 'ada@example.org', below: ['From: eve@example.org'] },
        { from: 'people: ada@example.org;' },
      ],
      'unknown-invite': [
        { uid: 'nobody-has-this' },
        // Somebody else's place, answered in one's own name.
        { attendee: 'eve@example.org' },
        { uid: eve.inviteUid },
      ],
    };
    for (const [reason, replies] of Object.entries(refused))
      for (const fields of replies)
        expect(await reply({ answer: 'DECLINED', ...fields }), JSON.stringify(fields)).to.equal(reason);
    expect([await intent(), (await stored(event, 'eve@example.org')).intent]).to.deep.equal([null, null]);
  });

  it('believes no mail that our own server does not vouch for', async () => {
    const forged = [
      [],
      ['Authentication-Results: mx.plenary.example; dmarc=fail header.from=example.org'],
      // Ours says no; what came with the mail says yes.
      [`Authentication-Results: ${authserv}; dmarc=fail header.from=example.org`, vouched()],
      [vouched('example.org', 'mx.elsewhere.example')],
      [vouched('evil.example')],
      [
        `Authentication-Results: ${authserv}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=eve@evil.example`,
      ],
      [`Authentication-Results: ${authserv} (dmarc=pass header.from=example.org); dmarc=none`],
    ];
    for (const above of forged) expect(await reply({ above }), above.join()).to.equal('not-authenticated');
    expect(await intent()).to.equal(null);
  });

  it('orders answers by version and stamp, however they arrive', async () => {
    expect(await reply({ answer: 'DECLINED', stamp: '20261124T085500Z' })).to.equal('read');
    expect(await reply({ answer: 'ACCEPTED', stamp: '20261124T085400Z' })).to.equal('answered-since');
    expect(await intent()).to.equal('declined');
    await RegistrationModel.updateOne({ _id: place._id }, { $inc: { inviteSequence: 2 } });
    expect(await reply({ answer: 'ACCEPTED', sequence: 1, stamp: '20261124T085800Z' })).to.equal(
      'other-version',
    );
    expect(await reply({ answer: 'ACCEPTED', sequence: 3, stamp: '20261124T085800Z' })).to.equal(
      'other-version',
    );
    expect(await reply({ answer: 'TENTATIVE', sequence: 2, stamp: '20261124T080000Z' })).to.equal('read');
    expect(await intent()).to.equal('tentative');
  });

  it('is not deaf to later answers after one from a calendar whose clock is ahead', async () => {
    expect(await reply({ answer: 'DECLINED', stamp: '20991231T000000Z' })).to.equal('read');
    product.clock.advance({ minutes: 1 });
    expect(await reply({ answer: 'ACCEPTED', stamp: '20261124T090030Z' })).to.equal('read');
    expect(await intent()).to.equal('accepted');
  });

  it('takes one mail once, also when it is brought many times at the same moment', async () => {
    const raw = replyMail({ uid: place.inviteUid, answer: 'DECLINED' });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => hand(product, raw)));
    expect(new Set(outcomes)).to.deep.equal(new Set(['read']));
    // The same answer in mails of their own, at once.
    const many = await Promise.all(Array.from({ length: 6 }, () => reply({ answer: 'DECLINED' })));
    expect(new Set(many)).to.deep.equal(new Set(['answered-since']));
    await settled();
    expect(await offers()).to.have.length(1);
    const messages = await OutboxEntryModel.find({ kind: 'mail:received' }).lean();
    const ids = messages.map(({ payload }) => (payload as { inboundMailId: string }).inboundMailId);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('never answers a machine, a list or who asks for silence', async () => {
    const away = fixture('out-of-office', { attendee: place.email });
    expect(await hand(product, away)).to.equal('automatic');
    expect(await reply({ answer: 'DECLINED', below: ['Precedence: bulk'] })).to.equal('automatic');
    expect(await reply({ answer: 'DECLINED', above: ['Return-Path: <>', vouched()] })).to.equal('automatic');
    expect(await intent()).to.equal(null);
    expect(await reply({ answer: 'DECLINED', below: ['X-Auto-Response-Suppress: All'] })).to.equal('read');
    expect(await intent()).to.equal('declined');
    await settled();
    expect(await offers()).to.deep.equal([]);
    expect(await mailsTo(product.url, place.email, 1)).to.satisfy((mails: unknown[]) => mails.length > 0);
  });

  it('leaves a person’s mail to a person', async () => {
    expect(await hand(product, fixture('person', { attendee: place.email }))).to.equal('not-a-report');
  });

  it('ignores what is no answer', async () => {
    for (const method of ['COUNTER', 'REFRESH', 'REQUEST', 'CANCEL', 'DECLINECOUNTER'])
      expect(await reply({ method, answer: 'DECLINED' }), method).to.equal('other-calendar-method');
    for (const answer of ['NEEDS-ACTION', 'DELEGATED', 'constructor', '__proto__'])
      expect(await reply({ answer }), answer).to.equal('no-answer');
    expect(await intent()).to.equal(null);
  });

  it('survives calendars and mails that are broken or bombs', async () => {
    const broken = [
      { lines: ['ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org'] },
      { lines: ['END:VEVENT', 'BEGIN:VEVENT', 'UID:other', 'ATTENDEE:mailto:ada@example.org'] },
      { lines: Array.from({ length: 10_000 }, (_, index) => `X-P${index}:1`) },
      { lines: Array.from({ length: 400 }, () => 'BEGIN:VALARM') },
      { lines: [`X-LONG:${'x'.repeat(200_000)}`] },
      { sequence: -1 },
      { stamp: 'yesterday' },
      { stamp: '20261124T085500' },
      { uid: 'u'.repeat(5_000) },
    ];
    for (const fields of broken)
      expect(await reply(fields), JSON.stringify(fields).slice(0, 80)).to.equal('malformed-reply');
    const nested = (depth: number): string =>
      Array.from(
        { length: depth },
        (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
      ).join('');
    expect(await hand(product, Buffer.from(`From: a@example.org\r\n${nested(5_000)}`))).to.equal(
      'unreadable',
    );
    expect(await hand(product, Buffer.from('\0\xff\xfe'))).to.be.oneOf(['unreadable', 'not-a-report']);
    expect(await hand(product, Buffer.from(`X: ${'a'.repeat(500_000)}\r\n\r\n`))).to.be.oneOf([
      'unreadable',
      'not-a-report',
    ]);
    expect(await intent()).to.equal(null);
    expect(await reply({})).to.equal('read');
  });

  it('logs nobody’s address', () => {
    expect(product.logLines.join('')).not.to.match(/ada@example\.org|eve@example\.org/);
  });

  it('keeps the answer when the holder changes something else', async () => {
    await reply({ answer: 'TENTATIVE' });
    const browser = await holderOf(product, place);
    expect((await browser.get(`/registrations/${place._id}`)).status).to.equal(200);
    expect(await intent()).to.equal('tentative');
  });
});
