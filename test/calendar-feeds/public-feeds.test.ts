import { expect } from 'chai';
import { eventFormValues } from '../../server/catalogue/console-event.rules.ts';
import { eventForm } from '../../server/contracts/event-form.ts';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { editEvent } from '../../server/events/edit-event.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { makeOrganiser, planEvent, system, typedEvent } from '../catalogue/planned-event.ts';
import { openProduct, type Product } from '../support/product.ts';
import { ask, readCalendar } from './subscribing.ts';

const series = 'Digital Services, Wales & co';
const seriesPath = '/series/digital-services-wales-and-co.ics';

describe('public feeds', () => {
  let product: Product;
  let organiserId: string;
  beforeEach(async () => {
    product = await openProduct({ worker: false });
    organiserId = await makeOrganiser(product);
  });
  afterEach(() => product.close());

  const titles = async (path: string) => (await readCalendar(product, path)).map(({ summary }) => summary);

  it('of a series hold its events and no others, drafts left out', async () => {
    await planEvent(product, organiserId, { series });
    await planEvent(product, organiserId, { series, slug: 'second', title: 'Second', date: '2027-02-03' });
    await planEvent(product, organiserId, { slug: 'alone', title: 'Alone' });
    await planEvent(product, organiserId, { series, slug: 'secret', title: 'Secret', isDraft: true });
    expect(await titles(seriesPath)).to.deep.equal(['Warm Homes', 'Second']);
    expect(await titles('/events.ics')).to.have.members(['Warm Homes', 'Second', 'Alone']);
    const page = await (await ask(product, '/events/warm-homes')).text();
    expect(page).to.include(`href="${seriesPath}"`);
    expect(await (await ask(product, '/events/alone')).text()).not.to.include('/series/');
  });

  it('of a series keep an event whose form is opened and saved again', async () => {
    const { eventId } = await planEvent(product, organiserId, { series });
    // A browser posts no box that is not ticked.
    const posted = async () =>
      Object.fromEntries(
        Object.entries(eventFormValues(await getEvent(eventId))).filter(([, value]) => value.length > 0),
      );
    const form = eventForm.parse(await posted());
    expect((await editEvent(system, { organiserId, eventId, form }, product.deps)).ok).to.equal(true);
    expect(await titles(seriesPath)).to.deep.equal(['Warm Homes']);
    const without = eventForm.parse({ ...(await posted()), series: ' ' });
    expect((await editEvent(system, { organiserId, eventId, form: without }, product.deps)).ok).to.equal(
      true,
    );
    expect((await ask(product, seriesPath)).status).to.equal(404);
  });

  it('of a series that nobody may see do not exist', async () => {
    await planEvent(product, organiserId, { series: 'Hidden', slug: 'hidden', isDraft: true });
    for (const path of [
      '/series/hidden.ics',
      '/series/none.ics',
      '/series/.ics',
      '/series/%00.ics',
      '/series/__proto__.ics',
    ])
      expect((await ask(product, path)).status, path).to.equal(404);
  });

  it('keep what was cancelled or is over for sixty days', async () => {
    const { eventId } = await planEvent(product, organiserId, { series });
    await cancelEvent(system, { organiserId, eventId, reason: 'Flood' }, product.deps);
    const states = async () => (await readCalendar(product, seriesPath)).map(({ status }) => status);
    expect(await states()).to.deep.equal(['CANCELLED']);
    product.clock.set('2027-02-08T12:00:00Z');
    expect(await states()).to.deep.equal(['CANCELLED']);
    product.clock.set('2027-02-08T13:00:00Z');
    expect(await states()).to.deep.equal([]);
  });

  for (const path of [
    '/events.ics',
    seriesPath,
    '/events/warm-homes.ics',
    '/events/warm-homes/event.ics',
    '/events.rss',
  ])
    it(`${path} keeps its tag until something changes, and answers HEAD and what is known`, async () => {
      const { eventId } = await planEvent(product, organiserId, { series });
      const first = await ask(product, path);
      const tag = first.headers.get('etag')!;
      const text = await first.text();
      expect(tag).to.match(/^"/);
      product.clock.advance({ hours: 5 });
      const later = await ask(product, path);
      expect([later.headers.get('etag'), await later.text()]).to.deep.equal([tag, text]);
      const known = await ask(product, path, { headers: { 'if-none-match': tag } });
      expect([known.status, known.headers.get('etag'), await known.text()]).to.deep.equal([304, tag, '']);
      const head = await ask(product, path, { method: 'HEAD' });
      const told = ({ headers }: Response) =>
        ['etag', 'content-type', 'content-length', 'content-encoding', 'cache-control', 'vary'].map((name) =>
          headers.get(name),
        );
      expect([head.status, await head.text(), ...told(head)]).to.deep.equal([200, '', ...told(later)]);
      if (path.endsWith('.ics')) expect(text).to.include('REFRESH-INTERVAL;VALUE=DURATION:PT6H');

      const form = {
        ...typedEvent,
        series,
        title: 'Warmer Homes',
        revision: (await getEvent(eventId)).revision,
      };
      expect((await editEvent(system, { organiserId, eventId, form }, product.deps)).ok).to.equal(true);
      const changed = await ask(product, path, { headers: { 'if-none-match': tag } });
      expect(changed.status).to.equal(200);
      expect(changed.headers.get('etag')).not.to.equal(tag);
    });

  it('are offered on the event’s page with every calendar, and the download works', async () => {
    await planEvent(product, organiserId, { title: 'A & B + C; “x”', summary: 'Who? '.repeat(70) });
    for (const path of ['/events/warm-homes', '/events/warm-homes/registered']) {
      const html = (await (await ask(product, path)).text()).replaceAll('&amp;', '&');
      const links = [...html.matchAll(/href="(https:\/\/[^"]*calendar[^"]*)"/g)].map(
        ([, href]) => new URL(href!),
      );
      expect(
        links.map(({ host }) => host),
        path,
      ).to.deep.equal([
        'calendar.google.com',
        'outlook.live.com',
        'outlook.office.com',
        'calendar.yahoo.com',
      ]);
      for (const { searchParams, search } of links) {
        expect(search).to.include('%20').and.not.include('+');
        const texts = [...searchParams.values()];
        expect(texts).to.include('A & B + C; “x”');
        expect(texts.every((text) => text.length < 1_000)).to.equal(true);
        expect(texts.join(' ')).to.match(/2026-?12-?10T09:?30:?00Z/);
      }
      const download = /href="(\/events\/[^"]*\.ics)"/.exec(html)?.[1] ?? '';
      expect(await titles(download), path).to.deep.equal(['A & B + C; “x”']);
    }
  });
});
