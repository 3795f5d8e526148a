import { expect } from 'chai';
import type { MemberRole } from '../../server/contracts/actor.ts';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { addMember } from '../../server/organisers/add-member.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { findSeats } from '../../server/registrations/seats.queries.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInAttendee, signInMember, testSecret } from '../support/signing-in.ts';
import { planEvent, system } from './planned-event.ts';

const form = {
  title: 'Warm Homes',
  slug: '',
  summary: 'For housing officers.',
  description: '',
  accent: '',
  topics: 'Housing',
  date: '2026-12-10',
  startTime: '09:30',
  endTime: '12:30',
  timeZone: 'Europe/London',
  capacity: '20',
  registrationOpensAt: '',
  registrationClosesAt: '',
  stages: 'Main stage\nWorkshop stage',
};

describe('the organiser’s forms', () => {
  let product: Product;
  let organiserId: string;
  let owner: BrowserSession;

  beforeEach(async () => {
    product = await openProduct({ now: '2026-11-24T09:00:00Z', worker: false });
    ({ organiserId } = await seedMember(product));
    owner = await signInMember(product);
  });
  afterEach(() => product.close());

  const addRole = async (role: MemberRole) => {
    const email = `${role}@council.example`;
    await addMember(system, { organiserId, email, name: role, role, totpSecret: testSecret }, product.deps);
    return signInMember(product, email);
  };
  const create = async (changes: Record<string, string | readonly string[]> = {}) => {
    const response = await owner.post('/console/events', { ...form, ...changes });
    const path = response.headers.get('location')?.replace(/\?.*/, '') ?? '';
    return { response, path, eventId: path.split('/').at(-1) ?? '' };
  };

  it('creates a draft with its seats, questions and consents, publishes it, and writes down who did', async () => {
    const { path, eventId } = await create({
      'question-1-label': 'Which team?',
      'question-1-kind': 'choice',
      'question-1-options': 'Repairs\r\nEnergy',
      'question-1-required': 'yes',
      'consent-1-purpose': 'Newsletter',
      'consent-1-wording': 'Write to me once a month.',
      'faq-1-question': 'Is it free?',
      'faq-1-answer': 'Yes.',
    });
    const event = await getEvent(eventId);
    expect(event).to.include({ slug: 'warm-homes', status: 'draft', capacity: 20, organiserId });
    expect(event.questions[0]).to.include({ label: 'Which team?', kind: 'choice', isRequired: true });
    expect(event.questions[0]?.options).to.deep.equal(['Repairs', 'Energy']);
    expect(event.consents[0]).to.include({ id: 'newsletter', version: 1 });
    expect(event.stages.map(({ name }) => name)).to.deep.equal(['Main stage', 'Workshop stage']);
    expect(await findSeats(eventId)).to.include({ capacity: 20, remaining: 20, taken: 0 });
    expect((await owner.get('/events/warm-homes')).status, 'a preview for its organiser').to.equal(200);
    const published = await owner.postAndFollow(`${path}/publish`, {});
    expect(await published.text()).to.include('It is on the calendar now');
    expect((await new BrowserSession(product.url).get('/events/warm-homes')).status).to.equal(200);
    const actions = (await AuditEntryModel.find({ 'subject.id': eventId }).lean()).map(
      ({ action }) => action,
    );
    expect(actions).to.have.members(['event:created', 'event:published']);
  });

  it('tells a stale form what differs and keeps what was typed', async () => {
    const { path, eventId } = await create();
    const opened = { ...form, revision: '1' };
    await owner.post(`${path}/edit`, { ...opened, title: 'Warmer Homes', capacity: '30' });
    const stale = await owner.post(`${path}/edit`, { ...opened, title: 'My <own> title', summary: 'Mine' });
    const html = await stale.text();
    expect(stale.status).to.equal(409);
    expect(html).to.include('Somebody else saved this event meanwhile').and.include('the name');
    expect(html).to.include('value="My &lt;own> title"');
    expect((await getEvent(eventId)).title).to.equal('Warmer Homes');
    expect(await findSeats(eventId)).to.include({ capacity: 30 });
    const again = await owner.post(`${path}/edit`, { ...opened, revision: '2', title: 'Mine now' });
    expect(again.status).to.equal(303);
  });

  it('gives a changed consent a new version and keeps the ids that answers point at', async () => {
    const consent = { 'consent-1-purpose': 'Newsletter', 'consent-1-wording': 'Once a month.' };
    const { path, eventId } = await create({ ...consent, 'question-1-label': 'Team?' });
    const before = await getEvent(eventId);
    await owner.post(`${path}/edit`, {
      ...form,
      ...consent,
      'consent-1-wording': 'Once a week.',
      'question-1-id': before.questions[0]?.id ?? '',
      'question-1-label': 'Which team?',
      stages: 'Main stage\nClinic',
      revision: '1',
    });
    const after = await getEvent(eventId);
    expect(after.consents[0]).to.include({ id: 'newsletter', wording: 'Once a week.', version: 2 });
    expect(after.questions[0]).to.include({ id: before.questions[0]?.id, label: 'Which team?' });
    expect(after.stages.map(({ id }) => id)).to.deep.equal(before.stages.map(({ id }) => id));
  });

  it('refuses times that do not exist, happen twice, or end before they start, each with its sentence', async () => {
    const cases: [Record<string, string>, string][] = [
      [{ date: '2027-03-28', startTime: '01:30', endTime: '03:00' }, 'that time does not exist'],
      [{ date: '2026-10-25', startTime: '01:30', endTime: '03:00' }, 'that time happens twice'],
      [{ startTime: '10:00', endTime: '09:00' }, 'later than the start'],
      [{ date: '2027-02-30' }, 'date and time that exist'],
      [{ timeZone: 'Mars/Olympus' }, 'Choose a time zone'],
      [{ registrationClosesAt: '2026-12-11T10:00' }, 'before the event ends'],
      [{ slug: 'New Event' }, 'small letters, figures and single hyphens'],
      [{ slug: 'new' }, 'is kept for a page of the site'],
      [{ capacity: '-3' }, 'whole number of places'],
      [{ title: 'x'.repeat(300) }, 'Use 120 characters or fewer'],
      [{ title: ' \r\n ' }, 'Enter the name of the event'],
      [{ surprise: '1' }, 'no such field'],
    ];
    for (const [changes, sentence] of cases) {
      const { response } = await create(changes);
      const html = await response.text();
      expect(response.status, sentence).to.equal(422);
      expect(html, sentence).to.include(sentence).and.include('For housing officers.');
    }
    expect(await EventModel.countDocuments()).to.equal(0);
  });

  it('takes emoji, right-to-left text and line breaks in names as they are meant', async () => {
    const { response, eventId } = await create({
      title: 'Gwres 🏠\r\nX-Evil: 1 مؤتمر',
      topics: ['Housing', '__proto__'],
    });
    expect(response.status).to.equal(303);
    expect((await getEvent(eventId)).title).to.equal('Gwres 🏠 X-Evil: 1 مؤتمر');
    const emoji = await create({ title: '🎉🎉' });
    expect((await getEvent(emoji.eventId)).slug).to.match(/^[a-z0-9-]+$/);
    const lists = await create({ title: ['One', 'Two'] });
    expect(lists.response.status).to.equal(422);
  });

  it('says that an address is taken, and makes a free one when none was typed', async () => {
    await create();
    const second = await create();
    expect((await getEvent(second.eventId)).slug).to.equal('warm-homes-2');
    const taken = await create({ slug: 'warm-homes' });
    expect(await taken.response.text()).to.include('Another event has this address');
    const race = await Promise.all([create({ slug: 'race' }), create({ slug: 'race' })]);
    expect(race.map(({ response }) => response.status).sort()).to.deep.equal([303, 422]);
  });

  it('names how many people a cancellation touches, and tells them once', async () => {
    const { eventId } = await planEvent(product, organiserId);
    const person = {
      name: 'A',
      email: 'a@x.example',
      organisation: '',
      jobTitle: '',
      accessNeeds: 'Captions',
    };
    const rest = { answers: [], consentIds: [], attempt: null };
    await takePlaces(eventId, [{ actor: system, form: { ...person, ...rest } }], product.deps);
    const path = `/console/events/${eventId}`;
    expect(await (await owner.get(`${path}/cancel`)).text()).to.include('tell one person');
    await Promise.all([1, 2].map(() => owner.post(`${path}/cancel`, { reason: 'No heating.' })));
    expect((await getEvent(eventId)).cancellationReason).to.equal('No heating.');
    expect(await OutboxEntryModel.countDocuments({ kind: 'event:cancelled' })).to.equal(1);
  });

  it('keeps sessions: their stage, speakers, clashes, and a form that was overtaken', async () => {
    const { eventId, sessionId, speakerId } = await planEvent(product, organiserId);
    const list = `/console/events/${eventId}/sessions`;
    const session = {
      title: 'Damp',
      kind: 'panel',
      summary: '',
      stage: 'Loft',
      date: '2026-12-10',
      startTime: '10:00',
      endTime: '10:30',
    };
    expect((await owner.post(list, { ...session, speakers: speakerId })).status).to.equal(303);
    expect(await (await owner.get(list)).text()).to.include('is in two sessions at this time');
    expect((await getEvent(eventId)).stages.map(({ name }) => name)).to.include('Loft');
    const stranger = await owner.post(list, { ...session, speakers: 'nobody' });
    expect(await stranger.text()).to.include('no longer in your list');
    await owner.post(`${list}/${sessionId}`, { ...session, title: 'First', revision: '1' });
    const stale = await owner.post(`${list}/${sessionId}`, { ...session, title: 'Second', revision: '1' });
    expect(stale.status).to.equal(409);
    expect(await stale.text())
      .to.include('“First”')
      .and.include('value="Second"');
    expect((await owner.post(`${list}/${sessionId}/remove`, {})).status, 'people have seen it').to.equal(409);
    expect((await owner.post(`${list}/${sessionId}/cancel`, {})).status).to.equal(303);
    expect((await SessionModel.findOne({ _id: sessionId }).lean())?.state).to.equal('cancelled');
  });

  it('keeps speakers, and lets go of one who speaks nowhere', async () => {
    const { eventId, speakerId } = await planEvent(product, organiserId);
    const list = `/console/events/${eventId}/speakers`;
    const speaker = {
      name: 'Prof. Zoë Žižka',
      pronouns: '',
      jobTitle: 'Chair',
      organisation: 'Ardale',
      note: '',
      bio: '',
    };
    await owner.post(list, speaker);
    await owner.post(list, speaker);
    const stored = await SpeakerModel.find({ name: speaker.name }).lean();
    expect(stored.map(({ slug }) => slug).sort()).to.deep.equal(['prof-zoe-zizka', 'prof-zoe-zizka-2']);
    expect(stored[0]?.sortName).to.equal('zizka zoe');
    const changed = { ...speaker, name: 'Ada Marsh', revision: '1' };
    expect((await owner.post(`${list}/${speakerId}`, changed)).status).to.equal(303);
    expect((await owner.post(`${list}/${speakerId}`, changed)).status).to.equal(409);
    expect((await owner.post(`${list}/${speakerId}/remove`, {})).status).to.equal(303);
    expect(await SpeakerModel.countDocuments({ _id: speakerId })).to.equal(0);
  });

  it('shows access needs to those who arrange for them and to nobody else', async () => {
    const { eventId } = await planEvent(product, organiserId);
    const person = {
      name: 'Kit',
      email: 'kit@x.example',
      organisation: '',
      jobTitle: '',
      accessNeeds: 'A quiet captioner',
    };
    const rest = { answers: [], consentIds: [], attempt: null };
    await takePlaces(eventId, [{ actor: system, form: { ...person, ...rest } }], product.deps);
    const path = `/console/events/${eventId}/registrations`;
    expect(await (await owner.get(path)).text())
      .to.include('A quiet captioner')
      .and.include('kit@x.example');
    const moderator = await addRole('moderator');
    expect(await (await moderator.get(path)).text())
      .to.include('Kit')
      .and.not.include('A quiet captioner');
  });

  it('opens each console page to the roles that may, and is not there for anybody else', async function () {
    this.timeout(60_000);
    const { eventId, sessionId, speakerId } = await planEvent(product, organiserId);
    const other = await seedMember(product, { slug: 'other', email: 'otto@other.example' });
    const draft = await planEvent(product, other.organiserId, { slug: 'theirs', isDraft: true });
    const people = {
      visitor: new BrowserSession(product.url),
      attendee: await signInAttendee(product, 'someone@x.example'),
      outsider: await signInMember(product, 'otto@other.example'),
      viewer: await addRole('viewer'),
      owner,
    };
    const event = `/console/events/${eventId}`;
    const read = [event, `${event}/sessions`, `${event}/speakers`];
    const edit = [
      `${event}/edit`,
      `${event}/cancel`,
      `${event}/registrations`,
      `${event}/sessions/new`,
      `${event}/sessions/${sessionId}`,
      `${event}/speakers/new`,
      `${event}/speakers/${speakerId}`,
    ];
    const posts = [
      ...['edit', 'publish', 'cancel', 'sessions', 'speakers'].map((part) => `${event}/${part}`),
      ...['', '/remove', '/cancel', '/reinstate'].map((part) => `${event}/sessions/${sessionId}${part}`),
      ...['', '/remove'].map((part) => `${event}/speakers/${speakerId}${part}`),
    ];
    const expected = { visitor: [401, 303], attendee: [404], outsider: [404], viewer: [403], owner: [200] };
    for (const [who, browser] of Object.entries(people) as [keyof typeof people, BrowserSession][]) {
      for (const path of [...read, ...edit]) {
        const { status } = await browser.get(path);
        const wanted = who === 'viewer' && read.includes(path) ? [200] : expected[who];
        expect(wanted, `${who} GET ${path}`).to.include(status);
      }
      if (who === 'owner') continue;
      for (const path of posts) {
        const { status } = await browser.post(path, { title: 'Taken over' });
        expect(expected[who], `${who} POST ${path}`).to.include(status);
      }
    }
    expect((await people.viewer.post('/console/events', form)).status).to.equal(403);
    for (const path of ['/events/theirs', `/console/events/${draft.eventId}`])
      expect((await owner.get(path)).status, path).to.equal(404);
    const mixed = [`${event}/sessions/${draft.sessionId}`, `${event}/speakers/${draft.speakerId}`];
    for (const path of mixed) {
      expect((await owner.get(path)).status, path).to.equal(404);
      expect((await owner.post(path, { title: 'x' })).status, path).to.equal(404);
      expect((await owner.post(`${path}/remove`, {})).status, path).to.equal(404);
    }
    expect((await getEvent(eventId)).title).to.equal('Warm Homes');
  });
});
