import { expect } from 'chai';
import ICAL from 'ical.js';
import { editEvent } from '../../server/events/edit-event.ts';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { directSession } from '../../server/live/direct-session.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';
import { makeOrganiser, planEvent, system, typedEvent } from './planned-event.ts';

describe('the public pages', () => {
  let product: Product;
  let organiserId: string;
  const anyone = () => new BrowserSession(product.url);
  const read = async (path: string) => (await anyone().get(path)).text();
  const structured = (html: string) =>
    JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null') as Record<
      string,
      unknown
    >;

  beforeEach(async () => {
    product = await openProduct({ now: '2026-11-24T09:00:00Z', worker: false });
    organiserId = await makeOrganiser(product);
  });
  afterEach(() => product.close());

  it('describes an event to search engines and to whoever shares it', async () => {
    await planEvent(product, organiserId);
    const html = await read('/events/warm-homes');
    expect(structured(html)).to.deep.include({
      '@type': 'Event',
      name: 'Warm Homes',
      startDate: '2026-12-10T09:30:00.000Z',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      location: { '@type': 'VirtualLocation', url: `${product.url}/events/warm-homes` },
    });
    expect(html).to.include('<meta property="og:title" content="Warm Homes"');
    expect(html).to.include('09:30 to 12:30').and.include('GMT').and.include('Draughts');
  });

  it('lets no title, summary or Markdown out of its place', async () => {
    const attack = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>';
    await planEvent(product, organiserId, {
      title: attack,
      summary: attack,
      description: `${attack}\n\n[go](javascript:alert(3))`,
      faqs: [{ question: attack, answer: attack }],
      topics: [attack],
    });
    for (const path of ['/events/warm-homes', '/events', '/', '/events.rss']) {
      const html = await read(path);
      expect(html, path).not.to.match(/<script>|<img src=x|href="javascript:/i);
    }
    expect(structured(await read('/events/warm-homes')).name).to.equal(attack);
  });

  it('shows each state an event goes through', async () => {
    const { eventId, sessionId } = await planEvent(product, organiserId, {
      capacity: 1,
      registrationOpensAt: '2026-12-01T09:00',
      registrationClosesAt: '2026-12-10T09:00',
    });
    const page = () => read('/events/warm-homes');
    expect(await page())
      .to.include('Opens Tuesday 1 December 2026, 09:00 GMT')
      .and.not.include('href="/events/warm-homes/register"');
    product.clock.set('2026-12-01T09:00:00Z');
    expect(await page())
      .to.include('href="/events/warm-homes/register"')
      .and.include('Last place');
    const form = { name: 'A', email: 'a@x.example', organisation: '', jobTitle: '' };
    const rest = { accessNeeds: '', answers: [], consentIds: [], attempt: null };
    await takePlaces(eventId, [{ actor: system, form: { ...form, ...rest } }], product.deps);
    expect(await page())
      .to.include('Sold out')
      .and.not.include('href="/events/warm-homes/register"');
    product.clock.set('2026-12-10T09:01:00Z');
    expect(await page())
      .to.include('Registration is closed')
      .and.include('Starting soon');
    product.clock.set('2026-12-10T09:31:00Z');
    await directSession(system, { eventId, sessionId, move: 'go-live', revision: 1 }, product.deps);
    expect(await page())
      .to.include('Live now')
      .and.include('until 12:30');
    expect(await read('/')).to.include('Join now');
    await directSession(system, { eventId, sessionId, move: 'end', revision: 2 }, product.deps);
    expect(await page())
      .to.include('This event is over')
      .and.not.include('Live now');
  });

  it('says that an event is cancelled, why, and in every feed', async () => {
    const { eventId } = await planEvent(product, organiserId);
    await cancelEvent(system, { organiserId, eventId, reason: 'The hall flooded.' }, product.deps);
    const html = await read('/events/warm-homes');
    expect(html).to.include('This event is cancelled').and.include('The hall flooded.');
    expect(structured(html).eventStatus).to.equal('https://schema.org/EventCancelled');
    expect(await read('/events.rss')).to.include('Cancelled: Warm Homes');
    expect(await read('/events.ics')).to.include('STATUS:CANCELLED');
  });

  it('keeps a draft, and who speaks at it, from everybody', async () => {
    await planEvent(product, organiserId, { isDraft: true });
    for (const path of ['/events/warm-homes', '/events/warm-homes/event.ics', '/speakers/dr-ada-marsh'])
      expect((await anyone().get(path)).status, path).to.equal(404);
    for (const path of ['/', '/events', '/events?show=all', '/events.ics', '/events.rss', '/sitemap.xml']) {
      const response = await anyone().get(path);
      expect(response.status, path).to.equal(200);
      expect(await response.text(), path).not.to.match(/warm-homes|Warm Homes|ada-marsh/);
    }
  });

  it('filters by topic and month, and answers nonsense with an empty list', async () => {
    await planEvent(product, organiserId);
    await planEvent(product, organiserId, {
      slug: 'budgets',
      title: 'Budgets',
      topics: ['Finance'],
      date: '2027-02-03',
    });
    expect(await read('/events?topic=housing'))
      .to.include('Warm Homes')
      .and.not.include('Budgets');
    expect(await read('/events?month=2027-02'))
      .to.include('Budgets')
      .and.not.include('Warm Homes');
    expect(await read('/events')).to.include('2 events');
    for (const query of [
      'topic=nonsense',
      'month=2027-13',
      'month=%00',
      'show=everything',
      'topic[$ne]=x&month=9999-99',
      `topic=${'x'.repeat(300)}`,
      'topic=__proto__',
      'topic=%F0%9F%8E%89&topic=housing',
    ]) {
      const response = await anyone().get(`/events?${query}`);
      expect(response.status, query).to.equal(200);
      expect(await response.text(), query).to.include('Nothing matches all of that');
    }
    expect(await read('/events?__proto__[x]=1')).to.include('2 events');
  });

  it('answers unknown addresses with a page, not an accident', async () => {
    for (const path of [
      '/events/none',
      '/events/%00',
      '/events/__proto__',
      '/speakers/x',
      '/events/%E2%80%AE',
    ]) {
      const response = await anyone().get(path);
      expect(response.status, path).to.equal(404);
      expect(await response.text(), path).to.include('We could not find');
    }
    expect((await anyone().get('/events/%FF')).status).to.equal(400);
  });

  it('feeds calendars that parse, do not change by themselves, and count their changes', async () => {
    const { eventId } = await planEvent(product, organiserId, { title: 'Warm, Homes; “now” 🎉' });
    const first = await anyone().get('/events.ics');
    const text = await first.text();
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    const entry = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    expect(first.headers.get('content-type')).to.include('text/calendar');
    expect(entry.summary).to.equal('Warm, Homes; “now” 🎉');
    expect(entry.startDate.toJSDate().toISOString()).to.equal('2026-12-10T09:30:00.000Z');
    expect(text)
      .to.match(/REFRESH-INTERVAL;VALUE=DURATION:PT6H/)
      .and.include('/events/warm-homes');
    const tag = first.headers.get('etag') ?? '';
    product.clock.advance({ hours: 3 });
    expect((await anyone().get('/events.ics', { 'if-none-match': tag })).status).to.equal(304);
    const event = await getEvent(eventId);
    const form = { ...typedEvent, startTime: '10:00', revision: event.revision };
    expect((await editEvent(system, { organiserId, eventId, form }, product.deps)).ok).to.equal(true);
    const second = await anyone().get('/events.ics', { 'if-none-match': tag });
    expect(second.status).to.equal(200);
    const again = new ICAL.Component(ICAL.parse(await second.text()) as never).getFirstSubcomponent('vevent');
    expect(again?.getFirstPropertyValue('uid')).to.equal(entry.uid);
    expect(Number(again?.getFirstPropertyValue('sequence'))).to.equal(event.revision + 1);
    expect((await anyone().get('/events/warm-homes/event.ics')).status).to.equal(200);
  });

  it('feeds news that parse, newest first', async () => {
    await planEvent(product, organiserId, { title: 'A & B <i>“x”</i> ' });
    const text = await read('/events.rss');
    expect(text).to.include('A &#38; B &#60;i&#62;“x”&#60;/i&#62;');
    expect(text).to.match(/^<\?xml[^>]*>\n<rss version="2.0"/);
    expect(text).to.match(/<pubDate>Tue, 24 Nov 2026 09:00:00 GMT<\/pubDate>/);
  });

  it('answers HEAD and If-None-Match without a body', async () => {
    await planEvent(product, organiserId);
    const page = await anyone().get('/events/warm-homes');
    const tag = page.headers.get('etag') ?? '';
    expect(tag).to.match(/^"/);
    expect(page.headers.get('cache-control')).to.equal('public, max-age=0, must-revalidate');
    const known = await anyone().get('/events/warm-homes', { 'if-none-match': `W/"other", ${tag}` });
    expect([known.status, await known.text()]).to.deep.equal([304, '']);
    const head = await fetch(`${product.url}/events/warm-homes`, { method: 'HEAD' });
    expect([head.status, await head.text()]).to.deep.equal([200, '']);
  });

  it('never shows one person’s page to another, and stores nobody’s', async () => {
    const { eventId } = await planEvent(product, organiserId);
    const form = { name: 'Ada', email: 'ada@x.example', organisation: '', jobTitle: '' };
    const rest = { accessNeeds: '', answers: [], consentIds: [], attempt: null };
    await takePlaces(eventId, [{ actor: system, form: { ...form, ...rest } }], product.deps);
    const ada = await signInAttendee(product, 'ada@x.example');
    const before = await read('/events/warm-homes');
    const hers = await ada.get('/events/warm-homes');
    expect(hers.headers.get('cache-control')).to.equal('private, no-store');
    expect(await hers.text())
      .to.include('/registrations/')
      .and.include('You have a place');
    const after = await read('/events/warm-homes');
    expect(after).to.equal(before).and.not.include('/registrations/');
    const withHerTag = await ada.get('/events/warm-homes', { 'if-none-match': '*' });
    expect(withHerTag.headers.get('cache-control')).to.equal('private, no-store');
    for (const path of ['/', '/events', '/speakers/dr-ada-marsh', '/privacy'])
      expect((await ada.get(path)).headers.get('cache-control'), path).to.equal('private, no-store');
  });

  it('shows a change at once, however often the page was asked for before', async () => {
    const { eventId } = await planEvent(product, organiserId);
    for (let round = 1; round <= 5; round += 1) {
      const event = await getEvent(eventId);
      const form = { ...typedEvent, title: `Round ${round}`, revision: event.revision };
      const asking = Promise.all(Array.from({ length: 10 }, () => read('/events/warm-homes')));
      await editEvent(system, { organiserId, eventId, form }, product.deps);
      const pages = await Promise.all(Array.from({ length: 5 }, () => read('/events/warm-homes')));
      await asking;
      for (const html of [...pages, await read('/events/warm-homes')])
        expect(html).to.include(`Round ${round}`);
    }
  });
});
