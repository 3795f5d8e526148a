import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { planUpdate } from '../../server/event-updates/plan-update.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { addMember } from '../../server/organisers/add-member.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { changeSession, historyOf, letGather, planSession, settle } from '../calendar-invites/speaking.ts';
import { planEvent, system } from '../catalogue/planned-event.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInAttendee, signInMember, testSecret } from '../support/signing-in.ts';
import {
  askForPlace,
  changeForm,
  moveSessionBy,
  placeOf,
  planUpdatedEvent,
  takePlace,
  waitingOf,
} from './updating.ts';

const ada = 'ada@example.org';

describe('changes that wait to be sent, in the console', function () {
  this.timeout(40_000);
  let product: Product;
  let organiserId: string;
  let owner: BrowserSession;
  let eventId: string;
  let sessionId: string;
  let heatId: string;
  let path: string;

  beforeEach(async () => {
    product = await openProduct();
    ({ organiserId } = await seedMember(product));
    owner = await signInMember(product);
    ({ eventId, sessionId, heatId } = await planUpdatedEvent(product, organiserId));
    path = `/console/events/${eventId}`;
    await takePlace(product, eventId, ada);
  });
  afterEach(() => product.close());

  const page = async (part = '', browser = owner) => (await browser.get(path + part)).text();
  const shownVersion = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
  const press = async (button: 'send' | 'undo', version?: string) =>
    owner.post(`${path}/update/${button}`, { version: version ?? shownVersion(await page()) });
  const actions = async () => (await AuditEntryModel.find().lean()).map(({ action }) => action);

  it('are named on each page of the event with whom they reach and when, straight after the save', async () => {
    expect(await page()).not.to.include('will be sent');
    await takePlace(product, eventId, 'grace@example.org');
    const time = product.clock.now();
    await changeForm(product, eventId, { startTime: '09:00' });
    const due = new Date(time.getTime() + 5 * 60_000).toISOString().slice(11, 16);
    for (const part of ['', '/edit', '/sessions']) {
      const html = await page(part);
      expect(html, part).to.include(`One change will be sent to 2 people at ${due} GMT`);
      expect(html, part).to.include('Starts 09:00 instead of 09:30');
    }
    await changeSession(product, eventId, heatId, { startTime: '10:10', endTime: '10:50' });
    await settle(product);
    expect(await page()).to.include('2 changes will be sent to 2 people');
    await letGather(product);
    expect(await page()).not.to.include('will be sent');
  });

  it('are right before any worker has looked', async () => {
    await product.close();
    product = await openProduct({ worker: false });
    ({ organiserId } = await seedMember(product));
    owner = await signInMember(product);
    const planned = await planEvent(product, organiserId);
    await product.deps.transaction(() => planUpdate(planned.eventId, product.deps));
    await askForPlace(product, planned.eventId, ada);
    path = `/console/events/${planned.eventId}`;
    await changeForm(product, planned.eventId, { startTime: '09:00' });
    const html = await page();
    expect(html).to.include('will be sent to one person').and.include('Undo the changes');
    expect(html).to.include('Starts 09:00 instead of 09:30');
    const sent = await press('send');
    expect(sent.status).to.equal(303);
    const after = await page();
    expect(after).to.include('is being sent to one person').and.include('Starts 09:00 instead of 09:30');
    expect(after).not.to.include('/update/send').and.not.to.include('/update/undo');
  });

  it('stand above the form that comes back with a mistake, too', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const answer = await owner.post(`${path}/edit`, { title: '' });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(html)
      .to.include('Enter the name of the event')
      .and.include('One change will be sent to one person');
  });

  it('go out at once when that is pressed, once however often it is', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const version = shownVersion(await page());
    const answers = await Promise.all([press('send', version), press('send', version)]);
    expect(answers.map(({ status }) => status)).to.include(303);
    await settle(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    expect(await actions()).to.include.members(['event:update-hastened', 'event:update-sent']);
    await letGather(product);
    expect(await historyOf(product, ada)).to.have.length(2);
    expect((await press('send', version)).status, 'there is nothing left').to.equal(409);
  });

  it('are undone: the event and its sessions tell what they told, and nobody gets mail', async () => {
    const told = await getEvent(eventId);
    await changeForm(product, eventId, {
      title: 'Warmer Homes',
      date: '2026-12-11',
      summary: 'For everybody.',
    });
    await changeSession(product, eventId, heatId, {
      title: 'Heat',
      date: '2026-12-11',
      startTime: '11:00',
      endTime: '11:30',
    });
    await moveSessionBy(product, eventId, sessionId, 'cancel');
    const newId = await planSession(product, eventId, {
      title: 'Damp',
      startTime: '11:10',
      endTime: '11:40',
    });
    await settle(product);
    expect(await page()).to.include('6 changes will be sent');
    const done = await owner.get((await press('undo')).headers.get('location') ?? '');
    const html = await done.text();
    expect(html).to.include('The changes are undone').and.not.include('will be sent');
    const event = await getEvent(eventId);
    for (const field of ['title', 'startsAtLocal', 'endsAtLocal', 'zone'] as const)
      expect(event[field]).to.equal(told[field]);
    expect(event.startsAt).to.deep.equal(told.startsAt);
    expect(event.summary, 'what no calendar tells stays').to.equal('For everybody.');
    const sessions = await SessionModel.find({ eventId }).lean();
    const byId = new Map(sessions.map((session) => [session._id, session]));
    expect(byId.get(heatId)).to.include({
      title: 'Heat networks',
      startsAtLocal: '2026-12-10T10:00',
      state: 'scheduled',
    });
    expect(byId.get(heatId)?.endsAt).to.deep.equal(new Date('2026-12-10T10:40:00Z'));
    expect(byId.get(sessionId)).to.include({ state: 'scheduled' });
    expect(byId.get(newId)).to.include({ title: 'Damp', state: 'cancelled' });
    await settle(product);
    expect(await waitingOf(eventId)).to.equal(null);
    await letGather(product);
    product.clock.advance({ minutes: 60 });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0']);
    expect(await actions()).to.include.members([
      'event:changes-undone',
      'event:restored',
      'session:restored',
    ]);
  });

  it('still reach who came in between when they are undone', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    await takePlace(product, eventId, 'grace@example.org');
    expect((await press('undo')).status).to.equal(303);
    const html = await page();
    expect(html).to.include('One change will be sent to one person').and.not.include('Undo the changes');
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0']);
    expect(await historyOf(product, 'grace@example.org')).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
  });

  it('are neither sent nor undone when somebody edits the event in between', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const version = shownVersion(await page());
    await changeForm(product, eventId, { endTime: '13:00' });
    for (const button of ['send', 'undo'] as const) {
      const answer = await press(button, version);
      expect(answer.status).to.equal(409);
      expect(await answer.text()).to.include('Somebody changed the event since');
    }
    expect(await getEvent(eventId)).to.include({
      startsAtLocal: '2026-12-10T09:00',
      endsAtLocal: '2026-12-10T13:00',
    });
  });

  it('are not undone when one of the sessions has gone live since: it says which, and nothing is touched', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await changeSession(product, eventId, heatId, { title: 'Heat' });
    await moveSessionBy(product, eventId, heatId, 'go-live');
    const answer = await press('undo');
    expect(answer.status).to.equal(409);
    expect(await answer.text()).to.include('“Heat” has gone live since');
    expect((await getEvent(eventId)).startsAtLocal).to.equal('2026-12-10T09:00');
  });

  it('are nobody else’s to see, send or undo', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const version = shownVersion(await page());
    await seedMember(product, { slug: 'other', email: 'otto@other.example' });
    await addMember(
      system,
      { organiserId, email: 'v@council.example', name: 'V', role: 'viewer', totpSecret: testSecret },
      product.deps,
    );
    const viewer = await signInMember(product, 'v@council.example');
    expect(await page('', viewer))
      .to.include('will be sent')
      .and.not.include('Send now');
    const people: [BrowserSession, number[]][] = [
      [new BrowserSession(product.url), [401, 303]],
      [await signInAttendee(product, 'someone@x.example'), [404]],
      [await signInMember(product, 'otto@other.example'), [404]],
      [viewer, [403]],
    ];
    for (const [browser, expected] of people)
      for (const button of ['send', 'undo']) {
        const { status } = await browser.post(`${path}/update/${button}`, { version });
        expect(expected).to.include(status);
      }
    expect((await getEvent(eventId)).startsAtLocal).to.equal('2026-12-10T09:00');
    expect((await placeOf(eventId, ada))?.inviteSequence).to.equal(0);
  });

  it('refuse a press that is malformed', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const bad: Record<string, string | string[]>[] = [
      {},
      { version: 'x' },
      { version: '-1' },
      { version: ['1', '2'] },
      { version: '1', other: '2' },
    ];
    for (const fields of bad)
      for (const button of ['send', 'undo'])
        expect((await owner.post(`${path}/update/${button}`, fields)).status).to.be.within(400, 422);
    expect(await waitingOf(eventId)).to.not.equal(undefined);
    expect((await getEvent(eventId)).startsAtLocal).to.equal('2026-12-10T09:00');
  });
});
