import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { createSmtpMailer } from '../../../server/platform/mail/send-by-smtp.ts';
import type { ReadyMail } from '../../../server/platform/mail/compose-mail.ts';
import { DeliveryFailure } from '../../../server/platform/outbox/deliver-failure.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { openSmtpSink } from '../../support/smtp-sink.ts';
import { freePort } from '../../support/product.ts';
import { ics, readyMailWith } from './ready-mails.ts';

const sender = { address: 'events@plenary.example', host: 'events.example.org' };
type Sink = Awaited<ReturnType<typeof openSmtpSink>>;

describe('mail over SMTP', () => {
  let sink: Sink;
  let mailer: ReturnType<typeof createSmtpMailer>;
  before(async () => {
    const codes: Record<string, number> = { 'busy@x.org': 451, 'gone@x.org': 550, 'full@x.org': 552 };
    sink = await openSmtpSink({ onRecipient: (address) => codes[address] ?? null });
    mailer = createSmtpMailer(sink.url, sender);
  });
  after(async () => {
    mailer.close();
    await sink.close();
  });
  const send = async (fields: Partial<ReadyMail>) => {
    await mailer.send(readyMailWith(fields));
    return sink.arrivals.at(-1)!;
  };
  const failureOf = async (sending: Promise<unknown>) => {
    const error = await sending.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(DeliveryFailure);
    return error as DeliveryFailure;
  };

  it('arrives as it was written, from one address, with a Message-ID of its own', async () => {
    const { parsed, to } = await send({});
    expect(to).to.deep.equal(['ada@example.org']);
    expect(parsed.subject).to.equal('You’re in: Learning & Development');
    expect(parsed.from?.value).to.deep.equal([{ address: sender.address, name: 'Civic Learning' }]);
    expect(parsed.replyTo?.value[0]?.address).to.equal('hello@civic.example');
    expect(parsed.messageId).to.equal('<confirmed.1@events.example.org>');
    expect(parsed.text?.trim()).to.equal('You’re in');
    expect(parsed.html).to.equal('<p>You’re in</p>');
    expect(parsed.headers.get('auto-submitted')).to.equal('auto-generated');
  });

  it('is the same bytes at every try', async () => {
    const first = await send({ invite: { method: 'REQUEST', ics } });
    const second = await send({ invite: { method: 'REQUEST', ics } });
    expect(second.raw.equals(first.raw)).to.equal(true);
  });

  it('carries the invite twice, byte for byte, in the tree that calendars look for', async () => {
    const { raw, parsed } = await send({ invite: { method: 'REQUEST', ics } });
    const types = [...raw.toString().matchAll(/^Content-Type: ([^;\r\n]+)/gim)].map(([, type]) => type);
    expect(types).to.deep.equal([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
    expect(raw.toString()).to.match(/text\/calendar; charset=utf-8; method=REQUEST/);
    expect(raw.toString().match(/Content-Disposition/g)).to.have.length(1);
    const [alternative, attachment] = parsed.attachments;
    expect(alternative?.contentType).to.equal('text/calendar');
    expect(attachment?.filename).to.equal('invite.ics');
    expect(attachment?.content.toString()).to.equal(ics);
    expect(alternative?.content.toString()).to.equal(ics);
  });

  it('lets no name or subject become a header or a second recipient', async () => {
    const fields = (raw: Buffer) =>
      raw
        .toString()
        .split('\r\n\r\n')[0]!
        .split('\r\n')
        .filter((line) => !/^\s/.test(line))
        .map((line) => line.split(':')[0]);
    const plain = fields((await send({})).raw);
    for (const text of hostileTexts) {
      const { raw, to, parsed } = await send({
        to: { name: text, address: 'ada@example.org' },
        fromName: text,
        replyTo: { name: text, address: 'hello@civic.example' },
        subject: text,
      });
      expect(to, JSON.stringify(text)).to.deep.equal(['ada@example.org']);
      expect(fields(raw), JSON.stringify(text)).to.deep.equal(plain);
      const recipients = (await simpleParser(raw)).to;
      expect([recipients].flat()[0]?.value).to.have.length(1);
      expect(parsed.from?.value).to.have.length(1);
      expect(parsed.from?.value[0]?.address).to.equal(sender.address);
      expect(raw.toString()).not.to.match(/^bcc:/im);
    }
  });

  it('keeps letters of every alphabet in names and subjects', async () => {
    const { parsed } = await send({
      to: { name: 'Siân Ŵyn 👩🏽‍🚀', address: 'sian@example.org' },
      subject: 'Croeso â’r Fôn 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    });
    expect([parsed.to].flat()[0]?.value[0]?.name).to.equal('Siân Ŵyn 👩🏽‍🚀');
    expect(parsed.subject).to.equal('Croeso â’r Fôn 🏴󠁧󠁢󠁷󠁬󠁳󠁿');
  });

  it('refuses an address that is none, without asking the server', async () => {
    const before = sink.arrivals.length;
    for (const address of ['a@b\r\nBcc: v@x.org', 'a@b>, <v@x.org', 'a@x.org, v@x.org', '', 'ada']) {
      const failure = await failureOf(mailer.send(readyMailWith({ to: { name: 'Ada', address } })));
      expect(failure.kind).to.equal('refused');
    }
    expect(sink.arrivals).to.have.length(before);
  });

  it('tells a refusal for good from one for now, and from a server that is not there', async () => {
    const to = (address: string) => mailer.send(readyMailWith({ to: { name: '', address } }));
    expect((await failureOf(to('busy@x.org'))).kind).to.equal('busy');
    expect((await failureOf(to('gone@x.org'))).kind).to.equal('refused');
    const full = await failureOf(to('full@x.org'));
    expect(full.kind).to.equal('refused');
    expect(full.message).to.equal('The mail server answered 552 to RCPT TO');
    const nowhere = createSmtpMailer(`smtp://127.0.0.1:${await freePort()}`, sender);
    expect((await failureOf(nowhere.send(readyMailWith()))).kind).to.equal('unreachable');
    nowhere.close();
  });
});
