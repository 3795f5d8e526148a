import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { mailJobs } from '../../server/platform/mail/send-ready-mail.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { findPlaceObstacle } from '../../server/registrations/registration.queries.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { startReminderSchedule } from '../../server/reminders/reminder.jobs.ts';
import { sendDueReminders } from '../../server/reminders/send-due-reminders.ts';
import { SentReminderModel } from '../../server/reminders/sent-reminder.model.ts';
import { startWorker } from '../../server/worker.ts';
import { cancel, openEvent, register, stored, type TestEvent } from '../registrations/registering.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { readyMailWith } from '../platform/mail/ready-mails.ts';
import { until } from '../support/until.ts';

const ada = 'ada@example.org';
const thanksAt = '2026-12-24T16:30:10Z';

describe('reminders', () => {
  let product: Product;
  let event: TestEvent;
  beforeEach(async () => {
    product = await openProduct();
    event = await openEvent(product);
  });
  afterEach(() => product.close());

  /** Everything the schedule caused is delivered or set aside. */
  const settled = () =>
    until('an empty outbox', async () => !(await OutboxEntryModel.exists({ state: 'waiting' })), 40_000);
  const lookAt = async (now: string) => {
    product.clock.set(now);
    await sendDueReminders(product.deps);
    await settled();
  };
  const subjects = async (to = ada) =>
    (await readMailbox(product.url))
      .filter((mail) => mail.to === to && !mail.subject.startsWith('You’re in'))
      .map(({ subject }) => subject);
  const take = async (email = ada) => {
    await register(product, event, { email });
    await mailsTo(product.url, email, 1);
  };

  it('come a week, a day, an hour and ten minutes before, and thanks after the end, each at its instant and once', async () => {
    await take();
    const instants = [
      ['2026-12-17T09:29:59Z', '2026-12-17T09:30:00Z', 'In a week: Learning & Development'],
      ['2026-12-23T09:29:59Z', '2026-12-23T09:30:00Z', 'Tomorrow: Learning & Development'],
      ['2026-12-24T08:29:59Z', '2026-12-24T08:30:00Z', 'In one hour: Learning & Development'],
      ['2026-12-24T09:19:59Z', '2026-12-24T09:20:00Z', 'In 10 minutes: Learning & Development'],
      ['2026-12-24T16:29:59Z', '2026-12-24T16:30:00Z', 'Thank you: Learning & Development'],
    ] as const;
    const expected: string[] = [];
    for (const [before, instant, subject] of instants) {
      await lookAt(before);
      expect(await subjects(), before).to.deep.equal(expected);
      expected.push(subject);
      await lookAt(instant);
      await lookAt(instant);
      expect(await subjects(), instant).to.deep.equal(expected);
    }
  });

  it('hold the time with its zone and the personal link, which opens the room', async () => {
    await take();
    await lookAt('2026-12-23T09:30:00Z');
    const mail = (await mailsTo(product.url, ada, 2))[1]!;
    const registration = await stored(event);
    expect(mail.messageId).to.equal(`<reminder.day.${registration.inviteUid}.20261224t0930@localhost>`);
    expect(mail.ics ?? null).to.equal(null);
    for (const part of [mail.html, mail.text]) {
      expect(part).to.include('Thursday 24 December 2026').and.include('09:30 to 16:15 GMT');
      expect(part).to.include(`${product.url}/join/${registration._id}`);
      expect(part).to.include(`${product.url}/registrations/${registration._id}/open/`);
    }
    const entry = await OutboxEntryModel.findOne({ kind: 'mail:ready', 'payload.to.address': ada })
      .sort({ order: -1 })
      .lean();
    const payload = entry!.payload as Record<string, unknown>;
    expect(payload.purpose).to.equal('service');
    expect(payload.unsubscribeUrl ?? null).to.equal(null);
    expect(payload.about).to.deep.equal({
      organiserId: registration.organiserId,
      eventId: event.id,
      registrationId: registration._id,
    });
    expect(payload.condition).to.deep.equal({
      kind: 'registration',
      registrationId: registration._id,
      inviteUid: registration.inviteUid,
      startsAt: new Date('2026-12-24T09:30:00Z'),
    });
  });

  it('put the button of the last ten minutes first, ahead of the bulk', async () => {
    await take();
    await lookAt('2026-12-24T09:20:00Z');
    const mail = (await mailsTo(product.url, ada, 2))[1]!;
    expect(mail.text.indexOf('Join now')).to.equal(0);
    const entries = await OutboxEntryModel.find({ 'payload.reminder': 'ten-minutes' }).lean();
    expect(entries.map(({ priority }) => priority)).to.deep.equal([0, 0]);
  });

  it('are sent once by two schedules at once, and again by nobody after a restart', async () => {
    await take();
    product.clock.set('2026-12-23T09:30:00Z');
    await Promise.all(Array.from({ length: 4 }, () => sendDueReminders(product.deps)));
    const schedules = [startReminderSchedule(product.deps), startReminderSchedule(product.deps)];
    await settled();
    await Promise.all(schedules.map((schedule) => schedule.stop()));
    expect(await subjects()).to.deep.equal(['Tomorrow: Learning & Development']);
    expect(await SentReminderModel.countDocuments({ eventId: event.id })).to.equal(1);
  });

  it('go out by the schedule by itself', async () => {
    await take();
    product.clock.set('2026-12-24T08:30:00Z');
    const schedule = startReminderSchedule({ ...product.deps, logger: product.deps.logger });
    // The worker's own schedule may hold the lease; then that one looks.
    await until('the reminder', async () => (await subjects()).length === 1, 30_000);
    await schedule.stop();
  }).timeout(40_000);

  it('that were missed are sent late with true words, but not once the next one’s turn has come', async () => {
    await take();
    await lookAt('2026-12-20T12:00:00Z');
    expect(await subjects()).to.deep.equal(['In 4 days: Learning & Development']);
    await lookAt('2026-12-24T09:25:00Z');
    expect(await subjects()).to.deep.equal([
      'In 4 days: Learning & Development',
      'In 5 minutes: Learning & Development',
    ]);
    await lookAt('2026-12-24T09:30:00Z');
    await lookAt('2026-12-24T12:00:00Z');
    expect(await subjects()).to.have.length(2);
  });

  it('are not written late either: one that waits past its turn is dropped', async () => {
    await product.close();
    product = await openProduct({ worker: false });
    event = await openEvent(product);
    await register(product, event);
    product.clock.set('2026-12-17T09:30:00Z');
    await sendDueReminders(product.deps);
    product.clock.set('2026-12-23T09:31:00Z');
    const worker = startWorker(product.deps);
    await settled();
    const sent = (await readMailbox(product.url)).map(({ subject }) => subject);
    await worker.stop();
    expect(sent.filter((subject) => subject.startsWith('In '))).to.deep.equal([]);
  });

  it('do not leave after the next one’s turn has come', async () => {
    const sent: string[] = [];
    const deps = {
      ...product.deps,
      mailer: { ...product.deps.mailer, send: () => Promise.resolve(sent.push('')) },
    };
    const jobs = mailJobs({
      recipient: () => Promise.resolve(null),
      conditions: { registration: () => Promise.resolve(null), campaign: () => Promise.resolve(null) },
      refused: () => Promise.resolve(null),
    });
    const mail = readyMailWith({ expiresAt: new Date('2026-12-24T09:30:00Z') });
    const tryAt = (at: string) =>
      jobs['mail:ready'](mail, { at: new Date(at), entryId: '1', deps: deps as unknown as Product['deps'] });
    expect(await tryAt('2026-12-24T09:30:00Z')).to.deep.equal({ skipped: 'superseded' });
    expect(sent).to.have.length(0);
    await tryAt('2026-12-24T09:29:59Z');
    expect(sent).to.have.length(1);
  });

  it('come anew for an event that moved, and not for the start that was', async () => {
    await take();
    await lookAt('2026-12-23T09:30:00Z');
    await EventModel.updateOne(
      { _id: event.id },
      { startsAt: new Date('2026-12-26T09:30:00Z'), endsAt: new Date('2026-12-26T16:15:00Z') },
    );
    await lookAt('2026-12-24T08:30:00Z');
    expect((await subjects()).slice(1)).to.deep.equal(['In 2 days: Learning & Development']);
    await lookAt('2026-12-25T09:30:00Z');
    expect((await subjects()).slice(2)).to.deep.equal(['Tomorrow: Learning & Development']);
  });

  for (const [what, change] of [
    ['moved', { startsAt: new Date('2026-12-26T09:30:00Z'), endsAt: new Date('2026-12-26T16:15:00Z') }],
    ['cancelled', { status: 'cancelled' }],
  ] as const)
    it(`do not leave once the event was ${what}, also when they are written and wait in line`, async () => {
      await take();
      const deps = { ...product.deps, mailer: { ...product.deps.mailer, send: () => reached.push(ada) } };
      const reached: string[] = [];
      await lookAt('2026-12-23T09:30:00Z');
      const entry = await OutboxEntryModel.findOne({ 'payload.subject': /^Tomorrow/ }).lean();
      const { condition } = entry!.payload as Pick<ReturnType<typeof readyMailWith>, 'condition'>;
      const jobs = mailJobs({
        recipient: () => Promise.resolve(null),
        conditions: { registration: findPlaceObstacle, campaign: () => Promise.resolve(null) },
        refused: () => Promise.resolve(null),
      });
      const send = () =>
        jobs['mail:ready'](readyMailWith({ condition }), {
          at: product.clock.now(),
          entryId: '1',
          deps: deps as unknown as Product['deps'],
        });
      await send();
      expect(reached).to.deep.equal([ada]);
      await EventModel.updateOne({ _id: event.id }, change);
      expect(await send()).to.deep.equal({ skipped: 'superseded' });
      expect(reached).to.deep.equal([ada]);
    });

  it('are not sent for a move that happened between the turn and the writing', async () => {
    await product.close();
    product = await openProduct({ worker: false });
    event = await openEvent(product);
    await register(product, event);
    product.clock.set('2026-12-23T09:30:00Z');
    await sendDueReminders(product.deps);
    await EventModel.updateOne({ _id: event.id }, { startsAt: new Date('2026-12-24T09:00:00Z') });
    const worker = startWorker(product.deps);
    await settled();
    const sent = (await readMailbox(product.url)).map(({ subject }) => subject);
    await worker.stop();
    expect(sent.filter((subject) => subject.startsWith('Tomorrow'))).to.have.length.at.most(1);
    const starts = await OutboxEntryModel.find({ kind: 'registration:reminder' }).lean();
    for (const { payload } of starts)
      expect((payload as { startsAt: Date }).startsAt.toISOString()).to.equal('2026-12-24T09:00:00.000Z');
  });

  it('can be switched off one by one', async () => {
    await take();
    await EventModel.updateOne({ _id: event.id }, { reminders: ['hour'] });
    for (const now of [
      '2026-12-17T09:30:00Z',
      '2026-12-23T09:30:00Z',
      '2026-12-24T08:30:00Z',
      '2026-12-24T09:20:00Z',
      thanksAt,
    ])
      await lookAt(now);
    expect(await subjects()).to.deep.equal(['In one hour: Learning & Development']);
  });

  it('go to whoever has a place then: not after cancelling, and not about a draft or a cancelled event', async () => {
    await take();
    await take('grace@example.org');
    await cancel(product, await stored(event));
    await mailsTo(product.url, ada, 2);
    await lookAt('2026-12-17T09:30:00Z');
    expect(await subjects('grace@example.org')).to.have.length(1);
    await EventModel.updateOne({ _id: event.id }, { status: 'cancelled' });
    await lookAt('2026-12-23T09:30:00Z');
    await lookAt(thanksAt);
    expect(await subjects('grace@example.org')).to.have.length(1);
    expect((await subjects()).filter((subject) => !subject.startsWith('Your place'))).to.deep.equal([]);
  });

  it('spare who registered a moment ago', async () => {
    product.clock.set('2026-12-16T12:00:00Z');
    await take();
    await lookAt('2026-12-17T09:30:00Z');
    expect(await subjects()).to.deep.equal([]);
    await lookAt('2026-12-23T09:30:00Z');
    expect(await subjects()).to.deep.equal(['Tomorrow: Learning & Development']);
  });

  it('reach everybody of an event that is larger than a page', async () => {
    const base = await (await register(product, event), stored(event));
    await RegistrationModel.insertMany(
      Array.from({ length: 450 }, (_, index) => ({
        ...base,
        _id: crypto.randomUUID(),
        // Each at a domain of its own, because domains are paced.
        email: `person@p${index}.example`,
        attemptKey: crypto.randomUUID(),
        inviteUid: crypto.randomUUID(),
      })),
    );
    product.clock.set('2026-12-24T08:30:00Z');
    await sendDueReminders(product.deps);
    // The clock goes on, or what a busy machine put off for a second would wait for ever.
    const nothingWaits = async () => {
      product.clock.advance({ seconds: 1 });
      return !(await OutboxEntryModel.exists({ state: 'waiting' }));
    };
    await until('an empty outbox', nothingWaits, 100_000, 500);
    const mails = await OutboxEntryModel.find({ dedupeKey: /^mail reminder\./, state: 'done' }).lean();
    const to = mails.map(({ payload }) => (payload as { to: { address: string } }).to.address);
    expect(to).to.have.length(451);
    expect(new Set(to).size).to.equal(451);
  }).timeout(120_000);

  it('thank who was there and who was not in their own words, and promise no recording that is not meant', async () => {
    await take();
    await take('grace@example.org');
    await RegistrationModel.updateOne({ email: ada }, { firstEnteredAt: new Date('2026-12-24T10:00:00Z') });
    await lookAt(thanksAt);
    const [, there] = await mailsTo(product.url, ada, 2);
    const [, absent] = await mailsTo(product.url, 'grace@example.org', 2);
    expect(there!.text)
      .to.include('Thank you for being at')
      .and.not.to.match(/recording/i);
    expect(absent!.text).not.to.include('Thank you for being at');
    expect(await AuditEntryModel.countDocuments({ action: /reminder/ })).to.equal(0);
  });
});
