import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedLiveDay, seedMember, seedSignIn, seedViewer } from './live-day.ts';

describe('the pages of a live day', () => {
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => void (day = await seedLiveDay(product.clock.now())));
  after(() => product.close());

  const now = () => product.clock.now();
  const get = (path: string, cookie = '', headers: Record<string, string> = {}) =>
    fetch(product.url + path, { headers: { accept: 'text/html', cookie, ...headers }, redirect: 'manual' });
  const post = (path: string, cookie: string, fields: Record<string, string>, origin = product.url) =>
    fetch(product.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, origin },
      body: new URLSearchParams(fields),
    });
  const showPath = () => `/console/events/${day.eventId}/run-of-show`;
  const press = (move: string, revision = 1) => ({
    sessionId: day.sessionIds[0],
    move,
    revision: String(revision),
  });

  it('let in who has a place, and tell everybody else how to get one', async () => {
    const path = `/events/${day.slug}/live`;
    const viewer = await seedViewer(day.eventId, day.organiserId, now());
    const inside = await get(path, viewer.cookie);
    expect(inside.status).to.equal(200);
    const html = await inside.text();
    expect(html).to.include('data-island="live-room"').and.to.include('Starting any moment');
    expect(html)
      .to.include('>Refresh</a>')
      .and.to.not.match(/\sstyle=|http-equiv="refresh"/);
    expect((await get(path)).status).to.equal(401);
    const stranger = await seedSignIn({ kind: 'attendee', email: 'stranger@example.org' }, now());
    const outside = await get(path, stranger.cookie);
    expect(outside.status).to.equal(403);
    expect(await outside.text()).to.include(`/events/${day.slug}/register`);
    expect((await get('/events/no-such-event/live', viewer.cookie)).status).to.equal(404);
    await EventModel.updateOne({ _id: day.eventId }, { $set: { status: 'draft', publishedAt: null } });
    expect((await get(path, viewer.cookie)).status).to.equal(404);
  });

  it('choose the stage of the address, and the first one for any other', async () => {
    const { cookie } = await seedViewer(day.eventId, day.organiserId, now());
    for (const stage of ['main', 'nowhere', '__proto__', '%00'])
      expect((await get(`/events/${day.slug}/live?stage=${stage}&stage=x`, cookie)).status, stage).to.equal(
        200,
      );
  });

  it('answer the room as JSON with a tag that changes with the room only', async () => {
    const path = `/api/events/${day.slug}/live`;
    const { cookie } = await seedViewer(day.eventId, day.organiserId, now());
    const first = await get(path, cookie);
    const tag = first.headers.get('etag') ?? '';
    expect(await first.json()).to.include({ seq: 0, now: now().getTime() });
    product.clock.advance({ seconds: 5 });
    expect((await get(path, cookie, { 'if-none-match': tag })).status).to.equal(304);
    await SessionModel.updateOne({ _id: day.sessionIds[0] }, { $set: { title: 'Another title' } });
    expect((await get(path, cookie, { 'if-none-match': tag })).status).to.equal(200);
    expect((await get(path)).status).to.equal(401);
    const { cookie: other } = await seedSignIn({ kind: 'attendee', email: 'other@example.org' }, now());
    expect((await get(path, other)).status).to.equal(403);
  });

  it('are closed as a page and as JSON to whoever was sent out', async () => {
    const { cookie, registrationId } = await seedViewer(day.eventId, day.organiserId, now());
    const paths = [`/events/${day.slug}/live`, `/api/events/${day.slug}/live`];
    for (const path of paths) expect((await get(path, cookie)).status, path).to.equal(200);
    await ParticipantModel.updateOne({ registrationId }, { $set: { bannedAt: now() } });
    for (const path of paths) expect((await get(path, cookie)).status, path).to.equal(403);
  });

  it('move a session without script, and say when somebody was quicker', async () => {
    const { cookie } = await seedMember(day.organiserId, now());
    const moved = await post(showPath(), cookie, { ...press('go-live'), stage: 'main' });
    expect(moved.status).to.equal(303);
    expect(moved.headers.get('location')).to.equal(`${showPath()}?stage=main`);
    const late = await post(showPath(), cookie, press('go-live'));
    expect(late.status).to.equal(409);
    expect(await late.text())
      .to.include('Somebody else was quicker')
      .and.to.include('It is live now');
    const odd = await post(showPath(), cookie, press('resume', 2));
    expect(await odd.text()).to.include('That cannot be done now');
    const busy = await post(showPath(), cookie, { ...press('go-live'), sessionId: day.sessionIds[1] });
    expect(await busy.text()).to.include('End “Welcome to the day” first');
  });

  it('refuse the run of show to everybody else, and every malformed press', async () => {
    const viewer = await seedViewer(day.eventId, day.organiserId, now());
    const other = await seedLiveDay(now());
    const stranger = await seedMember(other.organiserId, now());
    const onlooker = await seedMember(day.organiserId, now(), 'viewer');
    const visitor = await get(showPath());
    expect(visitor.status).to.equal(303);
    expect(visitor.headers.get('location')).to.match(/^\/sign-in\?next=/);
    for (const { cookie } of [viewer, stranger]) {
      expect((await get(showPath(), cookie)).status).to.equal(404);
      expect((await post(showPath(), cookie, press('go-live'))).status).to.equal(404);
    }
    const looking = await get(showPath(), onlooker.cookie);
    expect(await looking.text()).to.include('Your role may look on');
    expect((await post(showPath(), onlooker.cookie, press('go-live'))).status).to.equal(403);

    const { cookie } = await seedMember(day.organiserId, now());
    for (const fields of [
      {},
      { ...press('explode') },
      { ...press('go-live'), extra: 'x' },
      { ...press('go-live'), revision: 'NaN' },
    ])
      expect((await post(showPath(), cookie, fields)).status).to.equal(400);
    const foreign = { ...press('go-live'), sessionId: other.sessionIds[0] };
    expect((await post(showPath(), cookie, foreign)).status).to.equal(404);
    expect((await post(showPath(), cookie, press('go-live'), 'https://evil.example')).status).to.equal(403);
    expect(await SessionModel.countDocuments({ state: 'live', eventId: day.eventId })).to.equal(0);
  });
});
