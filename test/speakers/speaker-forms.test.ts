import { expect } from 'chai';
import { getEvent } from '../../server/events/event.queries.ts';
import { listSessionsOfEvent } from '../../server/sessions/session.queries.ts';
import { getSpeakerOfOrganiser, listSpeakersOfOrganiser } from '../../server/speakers/speaker.queries.ts';
import { letGather } from '../calendar-invites/speaking.ts';
import { planEvent } from '../catalogue/planned-event.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInAttendee, signInMember } from '../support/signing-in.ts';

const profile = { pronouns: '', jobTitle: '', organisation: '', note: '', bio: '' };
const session = {
  title: 'Heat networks',
  kind: 'panel',
  summary: '',
  stage: 'Main stage',
  date: '2026-12-10',
  startTime: '10:00',
  endTime: '10:30',
};

describe('who speaks and who leads, in the console', () => {
  let product: Product;
  let organiserId: string;
  let eventId: string;
  let path: string;
  let owner: BrowserSession;

  before(async () => {
    product = await openProduct();
    ({ organiserId } = await seedMember(product));
    ({ eventId } = await planEvent(product, organiserId));
    path = `/console/events/${eventId}`;
    owner = await signInMember(product);
  });
  after(() => product.close());

  const add = async (name: string, email: string) => {
    const response = await owner.post(`${path}/speakers`, { ...profile, name, email });
    const speaker = (await listSpeakersOfOrganiser(organiserId)).find((known) => known.name === name);
    return { response, speaker };
  };

  it('keeps an address in lower case, shows it in the form and to nobody else', async () => {
    const { response, speaker } = await add('Jo Brannigan', ' Jo.Brannigan@Westmarch.Example ');
    expect(response.status).to.equal(303);
    expect(speaker?.email).to.equal('jo.brannigan@westmarch.example');
    const form = await (await owner.get(`${path}/speakers/${speaker?._id}`)).text();
    expect(form).to.include('value="jo.brannigan@westmarch.example"').and.include('Never shown');
    await owner.post(`${path}/sessions`, { ...session, speakers: speaker?._id ?? '' });
    const visitor = new BrowserSession(product.url);
    for (const page of [`/speakers/${speaker?.slug}`, '/events/warm-homes', '/events/warm-homes.ics']) {
      const shown = await (await visitor.get(page)).text();
      expect(shown, page).not.to.match(/westmarch\.example/i);
    }
    expect(product.logLines.join('\n')).not.to.include('westmarch.example');
  });

  it('takes no address that is none, and shows what was typed again', async () => {
    const wrong = [
      'jo',
      'jo@',
      'a@b.example, c@d.example',
      'a@b.example\r\nBcc: c@d.example',
      'x'.repeat(300),
    ];
    for (const email of wrong) {
      const { response, speaker } = await add('Nobody', email);
      expect(response.status, email).to.equal(422);
      const html = await response.text();
      expect(html).to.include('Enter an email address in the form name@example.org');
      expect(html).to.include('value="Nobody"');
      expect(speaker).to.equal(undefined);
    }
    const without = await add('Owen Pritchard', '  ');
    expect(without.speaker?.email).to.equal('');
    const { revision, _id, name } = without.speaker!;
    const changed = await owner.post(`${path}/speakers/${_id}`, {
      ...profile,
      ...{ name, email: 'no', revision: String(revision) },
    });
    expect(changed.status).to.equal(422);
    expect((await getSpeakerOfOrganiser(organiserId, _id)).email).to.equal('');
  });

  it('says on the list who is invited and who has no address', async () => {
    const before = await (await owner.get(`${path}/speakers`)).text();
    expect(
      before.match(/No email, so no invite/g),
      'Dr Ada Marsh; Owen Pritchard has no session',
    ).to.have.length(1);
    expect(before).not.to.include('Invited ');
    await letGather(product);
    const after = await (await owner.get(`${path}/speakers`)).text();
    expect(after)
      .to.match(/Invited 24 November, 09:\d\d/)
      .and.not.include('westmarch.example');
  });

  it('takes who leads a session from the same list, and names them on the agenda', async () => {
    const { speaker } = await add('Helen Marsh', 'helen@ardale.example');
    const form = await (await owner.get(`${path}/sessions/new`)).text();
    expect(form).to.include('Led by').and.include(`name="moderators" value="${speaker?._id}"`);
    const led = { ...session, title: 'Who pays?', startTime: '11:00', endTime: '11:30' };
    const response = await owner.post(`${path}/sessions`, { ...led, moderators: speaker?._id ?? '' });
    expect(response.status).to.equal(303);
    const stored = (await listSessionsOfEvent(eventId)).find(({ title }) => title === 'Who pays?');
    expect(stored?.moderatorIds).to.deep.equal([speaker?._id]);
    const edit = await (await owner.get(`${path}/sessions/${stored?._id}`)).text();
    expect(edit).to.match(new RegExp(`name="moderators" value="${speaker?._id}"[^>]* checked`));
    const page = await (await new BrowserSession(product.url).get('/events/warm-homes')).text();
    expect(page).to.match(/Chaired by <span><a href="\/speakers\/helen-marsh">Helen Marsh<\/a>/);
    const own = await new BrowserSession(product.url).get('/speakers/helen-marsh');
    expect(await own.text()).to.include('Who pays?');
    const agenda = await (await owner.get(`${path}/sessions`)).text();
    expect(agenda).to.include('led by Helen Marsh');
    await letGather(product);
    const subjects = (await readMailbox(product.url))
      .filter(({ to }) => to === 'helen@ardale.example')
      .map(({ subject }) => subject);
    expect(subjects).to.deep.equal(['You lead: Who pays?']);
  });

  it('takes nobody as a leader who is not on the list, another organiser’s speaker included', async () => {
    const other = await seedMember(product, { email: 'eve@other.example', slug: 'other' });
    const theirs = await planEvent(product, other.organiserId, { slug: 'theirs' });
    for (const moderators of ['nobody', theirs.speakerId, ['nobody', theirs.speakerId]]) {
      const response = await owner.post(`${path}/sessions`, { ...session, title: 'Forged', moderators });
      expect(response.status).to.equal(422);
      expect(await response.text()).to.include('One of these people is no longer in your list');
    }
    expect((await listSessionsOfEvent(eventId)).some(({ title }) => title === 'Forged')).to.equal(false);
  });

  it('shows no address to, and takes none from, anybody outside', async () => {
    const [speaker] = await listSpeakersOfOrganiser(organiserId);
    const form = `${path}/speakers/${speaker?._id}`;
    const eve = await signInMember(product, 'eve@other.example');
    const attendee = await signInAttendee(product, 'someone@elsewhere.example');
    const fields = { ...profile, name: 'Taken', email: 'eve@evil.example', revision: '1' };
    for (const outsider of [eve, attendee]) {
      expect((await outsider.get(form)).status).to.equal(404);
      expect((await outsider.post(form, fields)).status).to.equal(404);
    }
    const visitor = await new BrowserSession(product.url).get(form);
    expect(visitor.status).not.to.equal(200);
    const emails = (await listSpeakersOfOrganiser(organiserId)).map(({ email }) => email);
    expect(emails).not.to.include('eve@evil.example');
    expect((await getEvent(eventId)).organiserId).to.equal(organiserId);
  });
});
