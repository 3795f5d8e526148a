import { expect } from 'chai';
import { sendUpdate } from '../../server/event-updates/send-update.ts';
import { tellUpdate } from '../../server/event-updates/tell-update.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { startWorker } from '../../server/worker.ts';
import { changeSession, historyOf, invitesTo, settle } from '../calendar-invites/speaking.ts';
import { makeOrganiser } from '../catalogue/planned-event.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  answerDue,
  askForPlace,
  changeForm,
  changesIn,
  placeOf,
  planUpdatedEvent,
  waitingOf,
} from './updating.ts';

const ada = 'ada@example.org';

describe('the mail about a changed event', function () {
  this.timeout(60_000);
  let product: Product;
  let eventId: string;
  let heatId: string;
  let stop: (() => Promise<void>)[] = [];

  const open = async (environment: Record<string, string> = {}) => {
    // Paces are kept by the clock, which stands still here.
    product = await openProduct({
      worker: false,
      environment: { MAIL_DOMAIN_RATE: '10000', ...environment },
    });
    ({ eventId, heatId } = await planUpdatedEvent(product, await makeOrganiser(product)));
  };
  beforeEach(() => open());
  afterEach(async () => {
    await Promise.all(stop.map((end) => end()));
    stop = [];
    await product.close();
  });

  const work = () => {
    const worker = startWorker(product.deps);
    stop.push(() => worker.stop());
  };
  const delayPasses = async () => {
    await answerDue(product);
    product.clock.advance({ minutes: 5 });
    await answerDue(product);
  };
  const mailsAbout = (registrationId: string) =>
    OutboxEntryModel.find({ kind: 'mail:ready', 'payload.about.registrationId': registrationId })
      .sort({ order: 1 })
      .lean();
  const messages = (kind: string) => OutboxEntryModel.countDocuments({ kind });
  /** As many places as that, each with an invite that tells the event as it is. */
  const addPlaces = async (people: number) => {
    const { toldVersion, organiserId } = (await EventModel.findOne({ _id: eventId }).lean())!;
    await RegistrationModel.insertMany(
      Array.from({ length: people }, (_, index) => ({
        _id: crypto.randomUUID(),
        eventId,
        organiserId,
        name: `Person ${index}`,
        email: `person-${index}@example.org`,
        status: 'confirmed',
        inviteUid: crypto.randomUUID(),
        toldVersion,
        attemptKey: crypto.randomUUID(),
        attemptSignature: 'x',
        createdAt: product.clock.now(),
      })),
    );
  };
  const sequences = async () =>
    new Set((await RegistrationModel.find({ eventId }).lean()).map(({ inviteSequence }) => inviteSequence));

  it('takes the place of one that nobody has tried to send, and says what both would', async () => {
    await askForPlace(product, eventId, ada);
    await answerDue(product);
    await changeForm(product, eventId, { startTime: '09:00' });
    await delayPasses();
    await changeForm(product, eventId, { endTime: '13:00' });
    await delayPasses();
    const [, superseded] = await mailsAbout((await placeOf(eventId, ada))!._id);
    expect(superseded).to.include({ state: 'done', skipped: 'superseded' });
    expect(superseded!.payload as object, 'its links open doors').not.to.have.any.keys(
      'html',
      'text',
      'invite',
    );
    work();
    await settle(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 2']);
    const both = ['Starts 09:00 instead of 09:30', 'Ends 13:00 instead of 12:30'];
    expect(changesIn((await invitesTo(product, ada))[1]!.mail.text)).to.deep.equal(both);
  });

  it('goes behind one that was tried already, and says only what is new', async () => {
    await askForPlace(product, eventId, ada);
    await answerDue(product);
    await changeForm(product, eventId, { startTime: '09:00' });
    await delayPasses();
    const { _id } = (await placeOf(eventId, ada))!;
    await OutboxEntryModel.updateOne({ _id: (await mailsAbout(_id))[1]!._id }, { $set: { attempts: 1 } });
    await changeForm(product, eventId, { endTime: '13:00' });
    await delayPasses();
    work();
    await settle(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    const words = (await invitesTo(product, ada)).map(({ mail }) => changesIn(mail.text));
    expect(words.slice(1)).to.deep.equal([
      ['Starts 09:00 instead of 09:30'],
      ['Ends 13:00 instead of 12:30'],
    ]);
  });

  it('takes back in a second mail what a first one has yet to say', async () => {
    await askForPlace(product, eventId, ada);
    await answerDue(product);
    for (const startTime of ['09:00', '09:30']) {
      await changeForm(product, eventId, { startTime });
      await delayPasses();
    }
    work();
    await settle(product);
    const words = (await invitesTo(product, ada)).map(({ mail }) => changesIn(mail.text));
    expect(words.slice(1)).to.deep.equal([
      ['Starts 09:00 instead of 09:30'],
      ['Starts 09:30 instead of 09:00'],
    ]);
  });

  it('shows what the event is when it is written, and is not followed by another about the same', async () => {
    await askForPlace(product, eventId, ada);
    await answerDue(product);
    await changeForm(product, eventId, { startTime: '09:00' });
    await answerDue(product);
    product.clock.advance({ minutes: 5 });
    const { _id } = (await placeOf(eventId, ada))!;
    const version = (await EventModel.findOne({ _id: eventId }).lean())!.toldVersion;
    await product.deps.transaction(() => sendUpdate({ eventId, version }, product.deps));
    await product.deps.transaction(() => tellUpdate({ eventId, version }, product.deps));
    // Between the sending and the writing of this one's mail.
    await changeForm(product, eventId, { endTime: '13:00' });
    await delayPasses();
    await delayPasses();
    const [, update, ...more] = await mailsAbout(_id);
    expect(more).to.deep.equal([]);
    expect(changesIn((update!.payload as { text: string }).text)).to.deep.equal([
      'Starts 09:00 instead of 09:30',
      'Ends 13:00 instead of 12:30',
    ]);
  });

  it('reaches everybody once, page by page, when a page fails in the middle and is tried again', async () => {
    await addPlaces(450);
    await changeForm(product, eventId, { startTime: '09:00' });
    await answerDue(product);
    product.clock.advance({ minutes: 5 });
    const version = (await EventModel.findOne({ _id: eventId }).lean())!.toldVersion;
    await product.deps.transaction(() => sendUpdate({ eventId, version }, product.deps));
    const crash = product.deps.transaction(async () => {
      await tellUpdate({ eventId, version }, product.deps);
      throw new Error('the power fails');
    });
    await crash.then(
      () => expect.fail('no crash'),
      () => undefined,
    );
    expect(await messages('registration:event-updated'), 'all of a page or nothing').to.equal(0);
    expect(await sequences()).to.deep.equal(new Set([0]));
    work();
    await settle(product);
    expect(await messages('event:updated')).to.equal(3);
    expect(await messages('registration:event-updated')).to.equal(450);
    expect(await messages('mail:ready')).to.equal(450);
    expect(await sequences()).to.deep.equal(new Set([1]));
  });

  it('is one for each change, however many workers there are', async () => {
    await addPlaces(250);
    await changeForm(product, eventId, { startTime: '09:00' });
    await answerDue(product);
    product.clock.advance({ minutes: 5 });
    const version = (await EventModel.findOne({ _id: eventId }).lean())!.toldVersion;
    for (let worker = 0; worker < 3; worker += 1) work();
    await Promise.all(
      [1, 2, 3].map(() => product.deps.transaction(() => sendUpdate({ eventId, version }, product.deps))),
    ).catch(() => undefined);
    await settle(product);
    expect(await messages('event:updated')).to.equal(2);
    expect(await messages('registration:event-updated')).to.equal(250);
    expect(await sequences()).to.deep.equal(new Set([1]));
    expect(await OutboxEntryModel.countDocuments({ state: 'failed' })).to.equal(0);
    const tolds = await RegistrationModel.distinct('toldVersion', { eventId });
    expect(tolds).to.deep.equal([version]);
  });

  it('does nothing for a message that was overtaken, or that comes too early', async () => {
    await addPlaces(1);
    await changeForm(product, eventId, { startTime: '09:00' });
    await answerDue(product);
    const { toldVersion: version } = (await EventModel.findOne({ _id: eventId }).lean())!;
    await product.deps.transaction(() => sendUpdate({ eventId, version }, product.deps));
    await product.deps.transaction(() => sendUpdate({ eventId, version: version - 1 }, product.deps));
    expect(await messages('event:updated')).to.equal(0);
    expect(await waitingOf(eventId)).not.to.equal(null);
  });

  it('goes at once where nothing is gathered', async () => {
    await product.close();
    await open({ UPDATE_DELAY_MINUTES: '0' });
    await addPlaces(1);
    await changeForm(product, eventId, { startTime: '09:00' });
    await answerDue(product);
    expect(await messages('registration:event-updated')).to.equal(1);
  });

  it('keeps hostile titles inside their line, in the mail and in the calendar', async () => {
    await askForPlace(product, eventId, ada);
    await answerDue(product);
    work();
    for (const text of hostileTexts.filter((text) => [...text].length < 90)) {
      await changeForm(product, eventId, { title: `a${text}` });
      await changeSession(product, eventId, heatId, {
        title: `b${text}`,
        startTime: '10:00',
        endTime: '10:40',
      });
      await settle(product);
      product.clock.advance({ minutes: 5 });
      await settle(product);
      const { mail, invite } = (await invitesTo(product, ada)).at(-1)!;
      expect(changesIn(mail.text)).to.have.length(2);
      expect(mail.html).not.to.match(/<(script|img)/);
      expect(invite.attendees).to.have.length(1);
      expect(invite.description.replaceAll('\n', '')).not.to.match(/[\p{Cc}\u202e]/u);
      expect(mail.subject).not.to.match(/[\r\n]/);
    }
  });
});
