import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import { seedSpeaker, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('the video library', () => {
  let product: Product;
  let day: Awaited<ReturnType<typeof openRecordedDay>>;
  let open: string;
  let guarded: string;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
    day = await openRecordedDay(product);
    await EventModel.updateOne({ _id: day.eventId }, { $set: { topics: ['Net zero', 'Health & care'] } });
    const [welcome, talk, closing] = day.sessionIds;
    const speaker = await seedSpeaker(day.organiserId, talk, product.clock.now(), 'Zoë Ångström');
    await SpeakerModel.updateOne({ _id: speaker.speakerId }, { $set: { slug: 'zoe' } });
    open = await seedReplay(product, day, talk, {
      visibility: 'everyone',
      spokenWords: ['retrofits', 'carol'],
    });
    guarded = await seedReplay(product, day, welcome);
    await seedReplay(product, day, closing, { visibility: 'hidden' });
  });
  after(() => product.close());

  const read = async (query = '', cookie = '') => {
    const response = await askPage(product, `/replays${query}`, cookie);
    expect(response.status).to.equal(200);
    return response.text();
  };
  const linksIn = (page: string) => [...page.matchAll(/href="\/replays\/([\w-]{36})"/g)].map(([, id]) => id);

  it('holds what its reader may watch: all for the organiser, the guarded for those registered', async () => {
    const now = product.clock.now();
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const elsewhere = await openRecordedDay(product);
    const stranger = await seedViewer(elsewhere.eventId, elsewhere.organiserId, now);
    expect(linksIn(await read())).to.deep.equal([open]);
    expect(linksIn(await read('', stranger.cookie))).to.deep.equal([open]);
    expect(linksIn(await read('', elsewhere.cookie))).to.deep.equal([open]);
    expect(linksIn(await read('', viewer.cookie))).to.have.members([open, guarded]);
    expect(linksIn(await read('', day.cookie)))
      .to.have.length(3)
      .and.include(guarded);
  });

  it('finds by title, speaker, event, topic and every word said, whatever the case and accents', async () => {
    for (const q of ['HEAT pum', 'zoe angstrom', 'decarbon', 'net zero', 'Retrofits', 'carol heat'])
      expect(linksIn(await read(`?q=${encodeURIComponent(q)}`)), q).to.deep.equal([open]);
    for (const q of ['retro', 'heat unicorns', '$where', 'nothing.*'])
      expect(linksIn(await read(`?q=${encodeURIComponent(q)}`)), q).to.deep.equal([]);
    expect(await read('?q=%22%3E%3Cscript%3E'))
      .to.include('&quot;>&lt;script>')
      .and.not.include('<script>');
    expect(linksIn(await read('?q=a&q=b&topic[$ne]=x'))).to.be.an('array');
  });

  it('is filtered by event, topic and speaker, and offers only what leads somewhere', async () => {
    const page = await read();
    expect(page).to.include('<option value="net-zero">Net zero</option>').and.include('value="zoe"');
    for (const query of [
      `event=${day.slug}`,
      'topic=net-zero',
      'speaker=zoe',
      `topic=health-and-care&speaker=zoe`,
    ])
      expect(linksIn(await read(`?${query}`)), query).to.deep.equal([open]);
    for (const query of ['event=other', 'topic=housing', 'speaker=nobody'])
      expect(await read(`?${query}`), query).to.include('Nothing matches all of that');
  });

  it('is told of on the event’s page, the speaker’s page and the front page, only once it is out', async () => {
    const now = product.clock.now();
    const local = (at: Date) => at.toISOString().slice(0, 16);
    const [startsAt, endsAt] = [new Date(now.getTime() - 7_200_000), new Date(now.getTime() - 3_600_000)];
    await EventModel.updateOne(
      { _id: day.eventId },
      { $set: { startsAt, endsAt, endsAtLocal: local(endsAt) } },
    );
    await SessionModel.updateMany({ eventId: day.eventId }, { $set: { state: 'ended', endsAt } });
    const paths = [`/events/${day.slug}`, '/speakers/zoe', '/'];
    const onDemand = async () => (await askPage(product, '/events?show=on-demand')).text();
    expect(await onDemand()).to.include(`/events/${day.slug}`);
    for (const path of paths)
      expect(await (await askPage(product, path)).text(), path).to.include(`/replays/${open}`);
    expect(await (await askPage(product, `/events/${day.slug}`)).text()).to.include('Watch the replays');
    await ReplayModel.updateMany({ eventId: day.eventId }, { $set: { publishedAt: null } });
    for (const path of paths)
      expect(await (await askPage(product, path)).text(), path).to.not.include(`/replays/${open}`);
    expect(await (await askPage(product, `/events/${day.slug}`)).text()).to.not.include('Watch the replays');
    expect(await onDemand()).to.not.include(`/events/${day.slug}`);
  });
});
