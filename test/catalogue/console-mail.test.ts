import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { MailToSend } from '../../server/platform/mail/ready-mail.ts';
import { readyMail } from '../../server/platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../../server/platform/outbox/add-outbox-messages.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { SuppressionModel } from '../../server/suppressions/suppression.model.ts';
import { suppressAddress } from '../../server/suppressions/suppress-address.ts';
import { addMember } from '../../server/organisers/add-member.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInAttendee, signInMember, testSecret } from '../support/signing-in.ts';
import { planEvent, system } from './planned-event.ts';

describe('the console’s page of every mail', function () {
  this.timeout(20_000);
  let product: Product;
  let organiserId: string;
  let eventId: string;
  let path: string;
  let owner: BrowserSession;

  beforeEach(async () => {
    product = await openProduct({ now: '2026-11-24T09:00:00Z', worker: false });
    ({ organiserId } = await seedMember(product));
    ({ eventId } = await planEvent(product, organiserId));
    path = `/console/events/${eventId}/mail`;
    owner = await signInMember(product);
  });
  afterEach(() => product.close());

  const mail = (messageId: string, address: string, of = eventId): MailToSend => ({
    purpose: 'service',
    about: { organiserId, eventId: of, registrationId: null },
    messageId,
    fromName: 'Council',
    replyTo: null,
    to: { name: `Name of ${address.split('@')[0] ?? ''}`, address },
    subject: `About ${messageId}`,
    html: '<p>secret link</p>',
    text: 'secret link',
    invite: null,
  });
  /** A mail as delivery would have left it. */
  const put = async (
    messageId: string,
    address: string,
    fields: Record<string, unknown> = {},
    of = eventId,
  ): Promise<string> => {
    await addOutboxMessages([
      readyMail(mail(messageId, address, of), { at: product.clock.now(), orderKey: null }),
    ]);
    const dedupeKey = `mail ${messageId}`;
    await OutboxEntryModel.updateOne({ dedupeKey }, { $set: fields });
    product.clock.advance({ seconds: 1 });
    return (await OutboxEntryModel.findOne({ dedupeKey }).lean())?._id ?? '';
  };
  const failed = (lastError: string, attempts = 1) => ({
    state: 'failed',
    attempts,
    lastError,
    doneAt: new Date('2026-11-24T09:05:00Z'),
  });
  const noSuchUser = failed('The mail server answered 550 to RCPT TO');
  const done = { state: 'done', attempts: 1, doneAt: new Date('2026-11-24T09:05:00Z') };
  const read = async (query = '', browser = owner) => (await browser.get(path + query)).text();
  const rowsOf = (html: string) =>
    [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row).filter((row) => row.includes('<td>'));

  it('says so when nothing was sent yet', async () => {
    expect(await read())
      .to.include('No mail yet')
      .and.not.include('Try all');
  });

  it('shows each mail with its kind, its recipient and its state in words, the newest first', async () => {
    await put('confirmed.u1', 'a@x.example', done);
    await put('updated.u2.1', 'b@x.example', { dueAt: new Date('2026-11-24T14:05:00Z') });
    await put('reminder.u3', 'c@x.example', noSuchUser);
    await put('event-cancelled.u4', 'd@x.example', { ...done, skipped: 'place-ended' });
    await put('links-replaced.u5.2', 'e@x.example', {
      ...done,
      bounce: { status: '5.1.1', at: product.clock.now() },
    });
    await put('mystery.u6', 'f@x.example', {
      attempts: 3,
      lastError: 'The mail server answered 451 to DATA',
      dueAt: new Date('2026-11-24T09:30:00Z'),
    });
    const rows = rowsOf(await read());
    expect(rows.map((row) => /([a-f])@x\.example/.exec(row)?.[1])).to.deep.equal([...'fedcba']);
    const wanted = [
      [
        'Message',
        'The mail server said to come back later (451). We try again on 24 November, 09:30',
        '3 tries',
      ],
      ['New links', 'Sent, but it came back: this address does not exist (5.1.1)'],
      ['Event cancelled', 'Not sent: the place was given up before it left'],
      ['Reminder', 'Given up. The mail server said this address does not exist (550)', 'Name of c'],
      ['Change', 'Waiting, leaves 24 November, 14:05'],
      ['Confirmation', 'Sent 24 November, 09:05', 'About confirmed.u1'],
    ];
    wanted.forEach((parts, index) => parts.forEach((part) => expect(rows[index]).to.include(part)));
    expect(
      rows.filter((row) => row.includes('/retry')),
      'only the failed one',
    ).to.have.length(1);
  });

  it('filters by state with counts and searches by how an address begins', async () => {
    await put('confirmed.u1', 'rhian@arrow.example', done);
    await put('updated.u1.1', 'rhian@arrow.example', noSuchUser);
    await put('confirmed.u2', 'tom@arrow.example', { ...done, skipped: 'stopped' });
    await put('confirmed.u3', 'tom@arrow.example', { ...done, bounce: { status: '5.2.2', at: new Date() } });
    await put('confirmed.u4', 'tom@arrow.example');
    const counts = (html: string): Record<string, number> =>
      Object.fromEntries(
        [...html.matchAll(/<a href="[^"]*\/mail[^"]*"[^>]*>([A-Za-z ]+?) <b>([\d,+]+)<\/b>/g)].map(
          ([, text = '', n]) => [text, Number(n)] as const,
        ),
      );
    expect(counts(await read())).to.deep.equal({
      All: 5,
      Waiting: 1,
      Sent: 1,
      'Came back': 1,
      Failed: 1,
      'Not sent': 1,
    });
    const only = { waiting: 'u4', sent: 'u1', bounced: 'u3', failed: 'updated.u1.1', 'set-aside': 'u2' };
    for (const [state, id] of Object.entries(only)) {
      const rows = rowsOf(await read(`?state=${state}`));
      expect(rows, state).to.have.length(1);
      expect(rows[0], state).to.include(id);
    }
    const found = await read('?address=%20Rhian@&state=failed');
    expect(rowsOf(found)).to.have.length(1);
    expect(counts(found)).to.include({ All: 2, Sent: 1, Failed: 1 });
    expect(found).to.include('value="rhian@"').and.include('name="state" value="failed"');
    expect(await read('?address=arrow')).to.include('No mail fits this search');
    const hostile = ['?address=.*', '?address[$ne]=x', '?address=%00%ff', '?state=__proto__', '?page=-1'];
    for (const query of [...hostile, `?address=${'a'.repeat(3_000)}`, '?page=999'])
      expect((await owner.get(path + query)).status, query).to.equal(200);
    expect(rowsOf(await read('?address=.*')), 'no pattern').to.have.length(0);
  });

  it('shows fifty at a time', async () => {
    for (let n = 1; n <= 51; n += 1) await put(`confirmed.n${n}`, `p${n}@x.example`, done);
    const first = await read();
    expect(rowsOf(first)).to.have.length(50);
    expect(first).to.include('Page 1').and.include(`href="${path}?page=2"`);
    const second = await read('?page=2&state=sent');
    expect(rowsOf(second)).to.have.length(1);
    expect(second).to.include('p1@x.example').and.include(`href="${path}?state=sent"`);
  });

  it('tries a failed mail again with its body, once, and writes down who asked', async () => {
    const id = await put('confirmed.u1', 'a@x.example', failed('The mail server answered 554 to DATA', 7));
    const before = await OutboxEntryModel.findOne({ _id: id }).lean();
    product.clock.advance({ minutes: 5 });
    const answers = await Promise.all([1, 2, 3].map(() => owner.post(`${path}/${id}/retry`, {})));
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    const after = await OutboxEntryModel.findOne({ _id: id }).lean();
    expect(after).to.include({ state: 'waiting', attempts: 0, lastError: null, doneAt: null });
    expect(after?.dueAt).to.deep.equal(product.clock.now());
    expect(after?.payload, 'the same bytes').to.deep.equal(before?.payload);
    const audit = await AuditEntryModel.find({ action: 'mail:retried' }).lean();
    expect(audit).to.have.length(1);
    expect(audit[0]?.subject).to.include({ noun: 'mail', id });
    expect(audit[0]?.actor.kind).to.equal('member');
  });

  it('leaves alone what was sent, waits, or belongs to another event', async () => {
    const other = await planEvent(product, organiserId, { slug: 'other' });
    const sent = await put('confirmed.u1', 'a@x.example', done);
    const waiting = await put('confirmed.u2', 'b@x.example', { attempts: 4, lastError: 'busy' });
    const foreign = await put('confirmed.u3', 'c@x.example', noSuchUser, other.eventId);
    for (const id of [sent, waiting, foreign, 'nothing']) await owner.post(`${path}/${id}/retry`, {});
    await owner.post(`${path}/retry`, {});
    const states = await OutboxEntryModel.find({ kind: 'mail:ready' }).sort({ createdAt: 1 }).lean();
    expect(states.map(({ state, attempts }) => [state, attempts])).to.deep.equal([
      ['done', 1],
      ['waiting', 4],
      ['failed', 1],
    ]);
    expect(await AuditEntryModel.countDocuments({ action: 'mail:retried' })).to.equal(0);
    expect(await read()).to.not.include('c@x.example');
  });

  it('tries all that failed with one press, which says how many', async () => {
    for (const n of [1, 2, 3]) await put(`confirmed.u${n}`, `p${n}@x.example`, noSuchUser);
    expect(await read()).to.include('Try all 3 that failed again');
    await owner.post(`${path}/retry`, {});
    expect(await OutboxEntryModel.countDocuments({ kind: 'mail:ready', state: 'waiting' })).to.equal(3);
    const audit = await AuditEntryModel.findOne({ action: 'mail:retried' }).lean();
    expect(audit?.changes).to.deep.equal({ count: 3 });
    expect(await read()).to.not.include('that failed again');
  });

  it('lists and retries what was given up before there was a mail', async () => {
    const registrationId = await register('kit@x.example');
    await OutboxEntryModel.updateOne(
      { kind: 'registration:confirmed' },
      { $set: failed('x is undefined', 10) },
    );
    const html = await read();
    expect(rowsOf(html)).to.have.length(1);
    expect(html)
      .to.include('kit@x.example')
      .and.include('Given up before the mail was written. The fault is on our side')
      .and.include('Try the failed one again')
      .and.not.include('undefined');
    const other = await planEvent(product, organiserId, { slug: 'other' });
    expect(await (await owner.get(`/console/events/${other.eventId}/mail`)).text()).to.not.include('kit@x');
    await owner.post(`/console/events/${other.eventId}/mail/retry`, {});
    expect(await OutboxEntryModel.countDocuments({ state: 'failed' })).to.equal(1);
    await owner.post(`${path}/retry`, {});
    const entry = await OutboxEntryModel.findOne({ kind: 'registration:confirmed' }).lean();
    expect(entry).to.include({ state: 'waiting', attempts: 0 });
    expect(entry?.payload).to.include({ registrationId });
  });

  it('names who is not written to, and lets an organiser lift a bounce but nobody’s own word', async () => {
    const bounced = await register('bounced@x.example');
    const angry = await register('angry@x.example');
    const away = await register('away@x.example');
    const { deps } = product;
    const suppress = (kind: 'undeliverable' | 'complaint' | 'unsubscribed', name: string, of = '') =>
      suppressAddress(system, { kind, organiserId: of, email: `${name}@x.example`, detail: '5.1.1' }, deps);
    await suppress('undeliverable', 'bounced');
    await suppress('complaint', 'angry');
    await suppress('unsubscribed', 'away', organiserId);
    await suppress('unsubscribed', 'bounced', 'another organiser');
    await suppress('undeliverable', 'stranger');
    const html = await read('/suppressed');
    expect(rowsOf(html)).to.have.length(3);
    expect(html)
      .to.include('Mail came back: this address does not exist (5.1.1)')
      .and.include('Reported a mail as spam')
      .and.include('Wants no news from you')
      .and.not.include('stranger');
    expect([...html.matchAll(/\/suppressed\/([\w-]+)\/allow/g)].map(([, id]) => id)).to.deep.equal([bounced]);
    for (const id of [bounced, angry, away]) {
      expect((await owner.post(`${path}/suppressed/${id}/allow`, {})).status).to.equal(303);
    }
    const left = (await SuppressionModel.find().lean()).map(({ kind, email }) => `${kind} ${email}`);
    expect(left).to.have.members([
      'complaint angry@x.example',
      'unsubscribed away@x.example',
      'unsubscribed bounced@x.example',
      'undeliverable stranger@x.example',
    ]);
    expect(await AuditEntryModel.countDocuments({ action: 'suppression:lifted' })).to.equal(1);
  });

  it('is read by who may see registrations, changed by who may change them, and not there for others', async () => {
    const registrationId = await register('bounced@x.example');
    const { deps } = product;
    const email = 'bounced@x.example';
    await suppressAddress(system, { kind: 'undeliverable', organiserId: '', email, detail: '' }, deps);
    const id = await put('confirmed.u1', 'a@x.example', noSuchUser);
    const other = await seedMember(product, { slug: 'other', email: 'otto@other.example' });
    const theirs = await planEvent(product, other.organiserId, { slug: 'theirs' });
    const addRole = async (role: 'viewer' | 'moderator') => {
      const address = `${role}@council.example`;
      const member = { organiserId, email: address, name: role, role, totpSecret: testSecret };
      await addMember(system, member, deps);
      return signInMember(product, address);
    };
    const people = {
      visitor: [new BrowserSession(product.url), 303, 401],
      attendee: [await signInAttendee(product, 'someone@x.example'), 404, 404],
      outsider: [await signInMember(product, 'otto@other.example'), 404, 404],
      viewer: [await addRole('viewer'), 403, 403],
      moderator: [await addRole('moderator'), 200, 403],
    } as const;
    const posts = ['/retry', `/${id}/retry`, `/suppressed/${registrationId}/allow`];
    for (const [who, [browser, reading, changing]] of Object.entries(people)) {
      for (const page of ['', '/suppressed'])
        expect((await browser.get(path + page)).status, `${who} GET ${page}`).to.equal(reading);
      for (const part of posts)
        expect((await browser.post(path + part, {})).status, `${who} POST ${part}`).to.equal(changing);
    }
    expect((await OutboxEntryModel.findOne({ _id: id }).lean())?.state).to.equal('failed');
    expect(await SuppressionModel.countDocuments()).to.equal(1);
    expect(await read('', people.moderator[0])).to.not.include('/retry');
    expect(await read('/suppressed', people.moderator[0])).to.not.include('/allow');
    const mixed = `/console/events/${theirs.eventId}/mail/suppressed/${registrationId}/allow`;
    expect((await people.outsider[0].post(mixed, {})).status, 'a place at another event').to.equal(404);
  });

  async function register(email: string): Promise<string> {
    const person = { name: 'Kit', email, organisation: '', jobTitle: '', accessNeeds: '' };
    const form = { ...person, answers: [], consentIds: [], attempt: null };
    const [taken] = await takePlaces(eventId, [{ actor: system, form }], product.deps);
    if (!taken?.ok) throw new Error('No place');
    return taken.registrationId;
  }
});
