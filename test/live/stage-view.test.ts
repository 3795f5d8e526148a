import type { PollState } from '../../server/contracts/live-polls.ts';
import type { QuestionState } from '../../server/contracts/live-questions.ts';
import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { getStageViewPath } from '../../server/live/stage-view.queries.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { PollModel } from '../../server/polls/poll.model.ts';
import { QuestionModel } from '../../server/questions/question.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedLiveDay, seedMember, seedViewer } from './live-day.ts';

describe('the stage view', () => {
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let path: string;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => {
    day = await seedLiveDay(product.clock.now());
    path = await getStageViewPath(day.eventId, product.deps);
  });
  after(() => product.close());

  const get = (address: string, headers: Record<string, string> = {}) =>
    fetch(product.url + address, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' });
  const item = async () => (await get(`${path}/item`)).json() as Promise<Record<string, unknown>>;
  const show = (stageView: { kind: string; id: string } | null) =>
    LiveRoomModel.updateOne(
      { _id: day.eventId },
      { $set: { stageView, organiserId: day.organiserId } },
      { upsert: true },
    );
  async function ask(state: QuestionState, eventId = day.eventId) {
    const id = newId();
    const author = {
      id: 'p1',
      name: 'Rhian Beddoe',
      organisation: 'Vale of Arrow Council',
      role: 'attendee',
    } as const;
    await QuestionModel.create([
      {
        _id: id,
        eventId,
        organiserId: day.organiserId,
        text: 'Would you do the theatres first?',
        askedBy: 'p1',
        author,
        clientId: newId(),
        askedAt: product.clock.now(),
        state,
        votes: 7,
        assignedTo: 'speaker-1',
      },
    ]);
    return id;
  }
  async function makePoll(state: PollState) {
    const id = newId();
    await PollModel.create([
      {
        _id: id,
        eventId: day.eventId,
        organiserId: day.organiserId,
        clientId: newId(),
        kind: 'single',
        question: 'Who signs off heat?',
        options: [
          { id: 'a', text: 'Estates' },
          { id: 'b', text: 'Finance' },
        ],
        state,
        results: 'organisers',
        voters: 4,
        counts: { a: 3, b: 1 },
        createdAt: product.clock.now(),
      },
    ]);
    return id;
  }
  const asRead = {
    kind: 'question',
    text: 'Would you do the theatres first?',
    by: { name: 'Rhian Beddoe', organisation: 'Vale of Arrow Council' },
    votes: 7,
  };

  it('opens without a sign-in, and is empty until something is put on it', async () => {
    const page = await get(path);
    expect(page.status).to.equal(200);
    const html = await page.text();
    expect(html).to.include('data-island="stage-view"').and.to.include('on-plain').and.to.include('noindex');
    expect(html)
      .to.not.include('<nav')
      .and.to.not.match(/\sstyle=/);
    expect(page.headers.get('cache-control')).to.include('no-store');
    expect(await item()).to.deep.equal({ kind: 'nothing' });
  });

  it('takes the ground of the address, and the plain one for any other', async () => {
    for (const [asked, shown] of [
      ['green', 'on-green'],
      ['transparent', 'on-transparent'],
      ['"><script>', 'on-plain'],
    ]) {
      const html = await (await get(`${path}?background=${encodeURIComponent(asked ?? '')}`)).text();
      expect(html).to.include(`class="stage-view ${shown ?? ''}"`);
    }
  });

  it('shows a question while people may read it, and nothing of it before or after', async () => {
    for (const state of ['visible', 'live', 'answered'] as const) {
      await show({ kind: 'question', id: await ask(state) });
      expect(await item(), state).to.deep.equal(asRead);
      await QuestionModel.deleteMany({ eventId: day.eventId });
    }
    for (const state of ['queue', 'archived'] as const) {
      await show({ kind: 'question', id: await ask(state) });
      expect(await item(), state).to.deep.equal({ kind: 'nothing' });
      expect(await (await get(path)).text()).to.not.include('theatres');
    }
  });

  it('shows the result of an open or closed poll, also one that only organisers see, and no draft', async () => {
    for (const state of ['open', 'closed'] as const) {
      await show({ kind: 'poll', id: await makePoll(state) });
      expect(await item()).to.deep.equal({
        kind: 'poll',
        question: 'Who signs off heat?',
        isOpen: state === 'open',
        voters: 4,
        rows: [
          { text: 'Estates', votes: 3 },
          { text: 'Finance', votes: 1 },
        ],
      });
    }
    expect(await (await get(path)).text()).to.match(/Estates.*75 %.*Finance.*25 %/s);
    await show({ kind: 'poll', id: await makePoll('draft') });
    expect(await item()).to.deep.equal({ kind: 'nothing' });
  });

  it('shows nothing of another event, nor of a cancelled one', async () => {
    const other = await seedLiveDay(product.clock.now());
    await show({ kind: 'question', id: await ask('visible', other.eventId) });
    expect(await item()).to.deep.equal({ kind: 'nothing' });
    await show({ kind: 'question', id: await ask('visible') });
    expect(await item()).to.deep.equal(asRead);
    await EventModel.updateOne({ _id: day.eventId }, { $set: { status: 'cancelled' } });
    expect(await item()).to.deep.equal({ kind: 'nothing' });
  });

  it('answers 304 until what it shows has changed', async () => {
    const first = await get(`${path}/item`);
    const tag = first.headers.get('etag') ?? '';
    expect((await get(`${path}/item`, { 'if-none-match': tag })).status).to.equal(304);
    await show({ kind: 'question', id: await ask('live') });
    expect((await get(`${path}/item`, { 'if-none-match': tag })).status).to.equal(200);
  });

  it('is not found under a forged, foreign or cut address', async () => {
    const other = await seedLiveDay(product.clock.now());
    const [, version = '', signature = ''] = path.slice('/stage-view/'.length).split('.');
    for (const token of [
      `${other.eventId}.${version}.${signature}`,
      `${day.eventId}.2.${signature}`,
      `${day.eventId}.1.${signature.slice(1)}`,
      `${day.eventId}.1`,
      `${day.eventId}.1.${signature}.x`,
      '__proto__',
      'x'.repeat(5_000),
      '%00',
    ])
      for (const address of [`/stage-view/${token}`, `/stage-view/${token}/item`])
        expect((await get(address)).status, address.slice(0, 80)).to.equal(404);
  });

  it('gets a new address from who moderates, after which the old one is not found', async () => {
    const now = product.clock.now();
    const show = `/console/events/${day.eventId}/run-of-show`;
    const renew = (cookie: string, origin = product.url) =>
      fetch(`${product.url}${show}/stage-view-address`, {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', cookie, origin },
        body: new URLSearchParams({}),
      });
    const other = await seedLiveDay(now);
    const outsiders = [
      [await seedMember(day.organiserId, now, 'viewer'), 403],
      [await seedMember(other.organiserId, now), 404],
      [await seedViewer(day.eventId, day.organiserId, now), 404],
    ] as const;
    for (const [{ cookie }, status] of outsiders) expect((await renew(cookie)).status).to.equal(status);
    expect((await get(path)).status).to.equal(200);

    const { cookie } = await seedMember(day.organiserId, now, 'moderator');
    expect((await renew(cookie, 'https://evil.example')).status).to.equal(403);
    const seen = [path];
    for (const turn of [1, 2]) {
      expect((await renew(cookie)).status, `turn ${turn}`).to.equal(303);
      const fresh = await getStageViewPath(day.eventId, product.deps);
      expect(seen).to.not.include(fresh);
      for (const old of seen) {
        expect((await get(old)).status).to.equal(404);
        expect((await get(`${old}/item`)).status).to.equal(404);
      }
      expect((await get(fresh)).status).to.equal(200);
      seen.push(fresh);
      expect(await (await get(show, { cookie })).text()).to.include(fresh);
    }
    expect(
      await AuditEntryModel.countDocuments({ 'subject.id': day.eventId, action: 'stage-view:reset' }),
    ).to.equal(2);
    const onlooker = await seedMember(day.organiserId, now, 'viewer');
    expect(await (await get(show, { cookie: onlooker.cookie })).text()).to.not.include('/stage-view/');
  });
});
