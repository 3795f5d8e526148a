import { expect } from 'chai';
import { AnnouncementModel } from '../../server/announcements/announcement.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { connect, join, nextFacts, seedLiveDay, seedMember, seedViewer } from './live-day.ts';

describe('the run of show without script', () => {
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => void (day = await seedLiveDay(product.clock.now())));
  after(() => product.close());

  const now = () => product.clock.now();
  const path = () => `/console/events/${day.eventId}/run-of-show`;
  const get = async (cookie: string, query = '') =>
    (await fetch(product.url + path() + query, { headers: { accept: 'text/html', cookie } })).text();
  const post = (to: string, cookie: string, fields: Record<string, string>, origin = product.url) =>
    fetch(`${product.url}${path()}/${to}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, origin },
      body: new URLSearchParams(fields),
    });
  const notice = (changes: Record<string, string> = {}) => ({
    clientId: 'form-id-0001',
    kind: 'incident',
    urgency: 'assertive',
    text: 'We have lost the picture.',
    expires: '5',
    ...changes,
  });

  it('tells everybody something once, however often the form is sent, and takes it down again', async () => {
    const { cookie } = await seedMember(day.organiserId, now(), 'moderator');
    const place = await seedViewer(day.eventId, day.organiserId, now());
    const viewer = await connect(product.url, place.cookie);
    await join(viewer, day.eventId);
    const heard = nextFacts(viewer);
    for (const turn of [1, 2]) {
      const sent = await post('announce', cookie, { ...notice(), stage: 'main' });
      expect(sent.status, `turn ${turn}`).to.equal(303);
      expect(sent.headers.get('location')).to.equal(`${path()}?stage=main&tab=announcements`);
    }
    const [first] = await heard;
    const fact = first?.fact;
    if (fact?.name !== 'announcement:made') throw new Error(`Heard ${fact?.name ?? 'nothing'}`);
    expect(fact.announcement).to.deep.include({ kind: 'incident', text: 'We have lost the picture.' });
    expect(fact.announcement.expiresAt).to.equal(new Date(now().getTime() + 5 * 60_000).toISOString());
    expect(await AnnouncementModel.countDocuments({ eventId: day.eventId })).to.equal(1);

    expect(await get(cookie, '?tab=announcements')).to.match(/Showing now.*We have lost the picture\./s);
    const gone = nextFacts(viewer);
    const down = await post('take-down', cookie, { announcementId: fact.announcement.id });
    expect(down.status).to.equal(303);
    expect((await gone)[0]?.fact).to.deep.include({
      name: 'announcement:withdrawn',
      announcementId: fact.announcement.id,
    });
    viewer.disconnect();
  });

  it('gives an announcement back with what is wrong, as it was typed', async () => {
    const { cookie } = await seedMember(day.organiserId, now());
    const long = 'x'.repeat(281);
    const tooLong = await post('announce', cookie, notice({ text: long }));
    expect(tooLong.status).to.equal(422);
    const html = await tooLong.text();
    expect(html).to.include('Use 280 characters or fewer').and.to.include(`>${long}</textarea>`);
    expect((await post('announce', cookie, notice({ text: '  ' }))).status).to.equal(422);
    for (const bad of [{ kind: 'party' }, { expires: '999' }, { clientId: '<b>' }, { extra: 'x' }])
      expect((await post('announce', cookie, notice(bad))).status).to.equal(422);
    expect((await post('take-down', cookie, {})).status).to.equal(400);
    expect((await post('take-down', cookie, { announcementId: 'nothing' })).status).to.equal(404);
    expect(await AnnouncementModel.countDocuments({ eventId: day.eventId })).to.equal(0);
  });

  it('lets nobody else speak to everybody', async () => {
    const other = await seedLiveDay(now());
    const people = [
      [{ cookie: '' }, 404],
      [await seedViewer(day.eventId, day.organiserId, now()), 404],
      [await seedMember(other.organiserId, now()), 404],
      [await seedMember(day.organiserId, now(), 'viewer'), 403],
    ] as const;
    for (const [{ cookie }, status] of people)
      for (const to of ['announce', 'take-down'])
        expect(
          (await post(to, cookie, to === 'announce' ? notice() : { announcementId: 'x' })).status,
        ).to.equal(status);
    const { cookie } = await seedMember(day.organiserId, now());
    expect((await post('announce', cookie, notice(), 'https://evil.example')).status).to.equal(403);
    expect(await AnnouncementModel.countDocuments({ eventId: day.eventId })).to.equal(0);
  });

  it('opens each panel by its address, the first for any other, and none for who only looks on', async () => {
    const { cookie } = await seedMember(day.organiserId, now(), 'moderator');
    for (const [tab, words] of [
      ['questions', 'Waiting for you'],
      ['chat', 'Write as organiser'],
      ['polls', 'Make a poll'],
      ['people', 'Find somebody'],
      ['announcements', 'Tell everybody'],
      ['room', 'Read questions first'],
      ['__proto__', 'Waiting for you'],
    ])
      expect(await get(cookie, `?tab=${tab ?? ''}`), tab).to.include(words);
    const onlooker = await seedMember(day.organiserId, now(), 'viewer');
    expect(await get(onlooker.cookie)).to.not.include('role="tablist"');
  });

  it('has the way to an urgent message from the day before until the end, for who may send one', async () => {
    const { cookie } = await seedMember(day.organiserId, now(), 'moderator');
    const onlooker = await seedMember(day.organiserId, now(), 'viewer');
    const urgent = '/messages/urgent';
    const start = (hours: number) => {
      const startsAt = new Date(now().getTime() + hours * 3_600_000);
      const endsAt = new Date(startsAt.getTime() + 3_600_000);
      return EventModel.updateOne({ _id: day.eventId }, { $set: { startsAt, endsAt } });
    };
    for (const [hours, isThere] of [
      [23, true],
      [0, true],
      [72, false],
      [-3, false],
    ] as const) {
      await start(hours);
      expect((await get(cookie)).includes(urgent), `${hours} h`).to.equal(isThere);
      expect(await get(onlooker.cookie)).to.not.include(urgent);
    }
  });

  it('speaks of no normal day when the event is cancelled', async () => {
    const { cookie } = await seedMember(day.organiserId, now());
    await EventModel.updateOne(
      { _id: day.eventId },
      { $set: { status: 'cancelled', cancellationReason: 'The venue has lost its power.' } },
    );
    const html = await get(cookie);
    expect(html).to.include('This event is cancelled').and.to.include('The venue has lost its power.');
    expect(html).to.not.match(/On time|The day has run|Next to go live|messages\/urgent/);
  });
});
