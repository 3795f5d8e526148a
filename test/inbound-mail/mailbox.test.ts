import { expect } from 'chai';
import { InboundMailModel } from '../../server/inbound-mail/inbound-mail.model.ts';
import { startInboundSchedule } from '../../server/inbound-mail/inbound-mail.jobs.ts';
import { largestMailBytes } from '../../server/inbound-mail/inbound-mail.rules.ts';
import { readMailbox } from '../../server/inbound-mail/read-mailbox.ts';
import { openImapMailbox, type ImapMailbox } from '../../server/platform/mail/open-imap-mailbox.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { openEvent, register, stored, type TestEvent } from '../registrations/registering.ts';
import { openImapServer, type ImapServer } from '../support/imap-server.ts';
import type { Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { fixture, openReadingProduct, replyMail } from './incoming.ts';

describe('mail fetched from a mailbox', () => {
  let product: Product;
  let server: ImapServer;
  let mailbox: ImapMailbox;
  let event: TestEvent;
  let uid: string;
  before(async () => void (product = await openReadingProduct()));
  after(() => product.close());
  beforeEach(async () => {
    await open();
    event = await openEvent(product);
    await register(product, event);
    uid = (await stored(event)).inviteUid;
  });
  afterEach(async () => {
    mailbox.close();
    await server.close();
    await InboundMailModel.deleteMany({});
  });
  async function open(options: { hasReadFolder?: boolean } = {}) {
    server = await openImapServer(options);
    mailbox = openImapMailbox(server.url);
  }

  const turn = () => readMailbox(mailbox, product.deps);
  const allRead = () =>
    until(
      'every mail to be read',
      async () => (await InboundMailModel.countDocuments({ state: 'received' })) === 0,
    );
  const outcomes = async () =>
    (await InboundMailModel.find().sort({ receivedAt: 1 }).lean()).map(
      ({ state, reason }) => reason ?? state,
    );
  const person = () => fixture('person', { attendee: 'ada@example.org' });

  it('counts, and is marked as read once it was', async () => {
    server.add(replyMail({ uid, answer: 'TENTATIVE' }));
    await turn();
    expect(server.seen()).to.deep.equal([false]);
    await allRead();
    expect((await stored(event)).intent?.answer).to.equal('tentative');
    // As it was before it was read: until then it stays as it is.
    await InboundMailModel.updateMany({}, { state: 'received' });
    await turn();
    expect(server.seen()).to.deep.equal([false]);
    await InboundMailModel.updateMany({}, { state: 'read' });
    await turn();
    expect(server.seen()).to.deep.equal([true]);
    expect(server.connections()).to.equal(1);
  });

  it('is moved where the operator made a folder for it, and never deleted', async () => {
    mailbox.close();
    await server.close();
    await open({ hasReadFolder: true });
    server.add(replyMail({ uid }));
    server.add(person());
    await turn();
    await allRead();
    await turn();
    expect(server.seen('Plenary/Read')).to.deep.equal([true]);
    expect(server.seen()).to.deep.equal([false]);
  });

  it('stays unread for a person where it is for a person, and is not fetched again', async () => {
    server.add(person());
    await turn();
    await allRead();
    const before = server.bytesSent();
    await turn();
    await turn();
    expect(server.seen()).to.deep.equal([false]);
    expect(await outcomes()).to.deep.equal(['not-a-report']);
    expect(server.bytesSent() - before).to.be.below(person().length);
  });

  it('is left alone, unfetched, when it is huge', async () => {
    server.add(Buffer.alloc(largestMailBytes + 1, 'a'));
    server.add(replyMail({ uid }));
    await turn();
    await allRead();
    await turn();
    expect(server.seen()).to.deep.equal([false, true]);
    expect((await outcomes()).sort()).to.deep.equal(['read', 'too-large']);
    expect(server.bytesSent()).to.be.below(100_000);
  });

  it('does not stop at one that nobody can read', async () => {
    server.add(Buffer.from('\0\xff no mail'));
    server.add(Buffer.from(`From: a@example.org\r\nX: ${'a'.repeat(300_000)}\r\n\r\n`));
    server.add(replyMail({ uid }));
    await turn();
    await allRead();
    expect((await stored(event)).intent?.answer).to.equal('accepted');
  });

  it('counts once when the process dies between storing it and marking it', async () => {
    const messages = () => OutboxEntryModel.countDocuments({ kind: 'mail:received' });
    const before = await messages();
    server.add(replyMail({ uid }));
    await turn();
    // Nothing of the process is left but what it stored; and the mail got another number, as by a restore.
    server.renumber();
    mailbox.close();
    mailbox = openImapMailbox(server.url);
    await turn();
    expect(server.seen()).to.deep.equal([false]);
    await allRead();
    await turn();
    expect(server.seen()).to.deep.equal([true]);
    expect(await outcomes()).to.deep.equal(['read']);
    expect((await messages()) - before).to.equal(1);
  });

  it('is one mail when it lies there twice, and both are marked', async () => {
    const raw = replyMail({ uid });
    server.add(raw);
    server.add(raw);
    await turn();
    await allRead();
    await turn();
    expect(server.seen()).to.deep.equal([true, true]);
    expect(await outcomes()).to.deep.equal(['read']);
  });

  it('waits for the next turn when the connection is lost, also in the middle', async () => {
    server.add(replyMail({ uid }));
    server.drop(true);
    const failure = await turn().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(Error);
    expect(await outcomes()).to.deep.equal([]);
    server.drop();
    await turn();
    await allRead();
    server.drop();
    await turn().catch(() => undefined);
    await turn();
    expect(server.seen()).to.deep.equal([true]);
    expect(await outcomes()).to.deep.equal(['read']);
  });

  it('is looked for again and again, by a schedule that outlives its server’s absence and stops at once', async () => {
    const deps = {
      ...product.deps,
      config: { ...product.deps.config, inbound: { ...product.deps.config.inbound!, imapUrl: server.url } },
    };
    const schedule = startInboundSchedule(deps, 20);
    try {
      await until('the first connection', () => server.connections() > 0);
      server.drop();
      server.add(replyMail({ uid, answer: 'DECLINED' }));
      await until('the mail to be marked', () => server.seen()[0]);
      expect((await stored(event)).intent?.answer).to.equal('declined');
    } finally {
      await schedule.stop();
    }
    expect(product.logLines.join('')).not.to.include('p@ss');
  });
});
