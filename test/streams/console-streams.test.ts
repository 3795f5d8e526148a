import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { startRehearsal } from '../../server/sessions/start-rehearsal.ts';
import { listStreamsOfEvent } from '../../server/streams/stream.queries.ts';
import { seedLiveDay, seedMember } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askWeb, healthOf, memberActor } from './stream-day.ts';

describe('the console’s streams', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let cookie: string;
  before(async () => (product = await openProduct({ worker: false })));
  beforeEach(async () => {
    day = await seedLiveDay(product.clock.now());
    cookie = (await seedMember(day.organiserId, product.clock.now())).cookie;
  });
  after(() => product.close());

  const path = (more = '/main') => `${product.url}/console/events/${day.eventId}/streams${more}`;
  const get = (more?: string, as = cookie) =>
    fetch(path(more), { headers: { accept: 'text/html', cookie: as }, redirect: 'manual' });
  const post = (more: string, fields: Record<string, string>, as = cookie) =>
    fetch(path(`/main/${more}`), {
      method: 'POST',
      headers: { accept: 'text/html', cookie: as, origin: product.url },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const stored = () => findStreamOfStage(day.eventId, 'main');
  const makeKey = async (key = '0') => {
    const page = await (await post('key', { key })).text();
    return /id="stream-key">([\w-]{27})</.exec(page)?.[1] ?? '';
  };

  it('show a key once, say how to set OBS, and know it by its hash', async () => {
    expect(await (await get('')).text()).to.include('Not set up');
    const response = await post('key', { key: '0' });
    expect(response.headers.get('cache-control')).to.equal('no-store');
    const page = await response.text();
    const key = /id="stream-key">([\w-]{27})</.exec(page)?.[1] ?? '';
    const credential = { kind: 'rtmp', credential: key, address: '127.0.0.1' } as const;
    expect(await askWeb(product, 'publish', credential)).to.include({ ok: true });
    const later = await (await get()).text();
    expect(later).not.to.include(key);
    expect(later).to.include('It was shown once');
    expect(later).to.include('rtmp://localhost/live');
    expect(later).to.include('/live/whip');
    expect(later).to.match(/Key-frame interval 2 s/);
    const rows = await AuditEntryModel.find({ action: 'stream-key:made' }).lean();
    expect(JSON.stringify(rows)).not.to.include(key);
  });

  it('make one key of a form that is sent twice, and a new one when asked', async () => {
    const first = await makeKey();
    const again = await post('key', { key: '0' });
    expect(again.status).to.equal(409);
    expect(await again.text()).to.include('A key was made meanwhile');
    const madeAt = String((await stored())?.keyMadeAt?.getTime());
    const second = await makeKey(madeAt);
    expect(second)
      .to.match(/^[\w-]{27}$/)
      .and.not.equal(first);
    const latest = String((await stored())?.keyMadeAt?.getTime());
    expect((await post('key/revoke', { key: latest })).status).to.equal(303);
    expect(await stored()).not.to.have.property('keyHash');
    expect(await (await get()).text()).to.include('None yet.');
  });

  it('keep the slate’s words and another player, and give back what is none as it was typed', async () => {
    const typed = { slateText: 'Back at eleven', external: 'http://youtube.com/watch?v=abc', revision: '0' };
    const refused = await post('settings', typed);
    expect(refused.status).to.equal(422);
    const page = await refused.text();
    expect(page).to.include('Enter the address of a YouTube or Vimeo video');
    expect(page).to.include('value="Back at eleven"').and.include('value="http://youtube.com/watch?v=abc"');
    const good = { ...typed, external: 'https://youtu.be/dQw4w9WgXcQ?t=3' };
    expect((await post('settings', good)).status).to.equal(303);
    expect(await stored()).to.deep.include({
      slateText: 'Back at eleven',
      external: { provider: 'youtube', videoId: 'dQw4w9WgXcQ' },
    });
    const stale = await post('settings', { ...good, slateText: 'Back at noon' });
    expect(stale.status).to.equal(409);
    expect(await stale.text())
      .to.include('changed meanwhile')
      .and.include('value="Back at noon"');
  });

  it('switch what is shown, also for a moderator, and say so when somebody else was quicker', async () => {
    const moderator = (await seedMember(day.organiserId, product.clock.now(), 'moderator')).cookie;
    expect((await post('show', { shows: 'slate', revision: '0' }, moderator)).status).to.equal(303);
    expect(await stored()).to.include({ shows: 'slate' });
    const late = await post('show', { shows: 'studio', revision: '0' });
    expect(late.status).to.equal(409);
    expect(await late.text()).to.include('Somebody else switched this stage');
    const page = await (await get('/main', moderator)).text();
    expect(page).to.include('Show: Encoder').and.not.include('Make a stream key');
    expect((await post('key', { key: '0' }, moderator)).status).to.equal(403);
    expect((await post('settings', { slateText: 'x', revision: '9' }, moderator)).status).to.equal(403);
  });

  it('show how the stream is, with advice', async () => {
    await makeKey();
    const streamId = (await stored())?._id ?? '';
    const streams = [healthOf(streamId, { warnings: ['key-frames-rare'] })];
    await askWeb(product, 'health', { node: 'a', streams });
    const page = await (await get()).text();
    expect(page).to.include('Receiving').and.include('Set the key-frame interval to 2 s.');
    expect(await (await get('')).text()).to.include('Receiving');
    await askWeb(product, 'health', { node: 'a', streams: [healthOf(streamId, { waitsFor: 'studio' })] });
    for (const path of ['/main', ''])
      expect(await (await get(path)).text(), path).to.include(
        'Waiting for the studio’s picture; viewers still see the encoder',
      );
  });

  it('plan switches on the event’s clock, and take them back', async () => {
    const plan = (at: string, shows = 'slate') => post('planned', { at, shows });
    expect(await (await plan('2026-11-24T08:00')).text()).to.include('Choose a time that is still to come');
    expect(await (await plan('tomorrow')).text())
      .to.include('Enter a date and a time')
      .and.include('tomorrow');
    expect(await (await plan('2026-11-24T12:30', 'external')).text()).to.include('Set another player first');
    expect((await plan('2026-11-24T12:30')).status).to.equal(303);
    expect(await (await get()).text()).to.include('24 November, 12:30');
    const at = (await stored())?.planned[0]?.at.toISOString() ?? '';
    expect((await post('planned/remove', { at })).status).to.equal(303);
    expect((await stored())?.planned).to.deep.equal([]);
  });

  it('are not there for another organiser, and there is no stage but the event’s own', async () => {
    const other = await seedLiveDay(product.clock.now());
    const outsider = (await seedMember(other.organiserId, product.clock.now(), 'owner')).cookie;
    expect((await get('', outsider)).status).to.equal(404);
    expect((await get('/main', outsider)).status).to.equal(404);
    for (const act of ['key', 'key/revoke', 'settings', 'show', 'planned', 'planned/remove'])
      expect((await post(act, { key: '0' }, outsider)).status, act).to.equal(404);
    expect((await get('/elsewhere')).status).to.equal(404);
    expect((await get('/stage')).status).to.equal(404);
    expect(await stored()).to.equal(null);
  });

  it('are not copied to a rehearsal', async () => {
    await makeKey();
    const actor = memberActor(day.organiserId);
    const result = await startRehearsal(actor, { eventId: day.eventId }, product.deps);
    if (!result.ok) throw new Error('No rehearsal');
    expect(await listStreamsOfEvent(result.rehearsalId)).to.deep.equal([]);
  });
});
