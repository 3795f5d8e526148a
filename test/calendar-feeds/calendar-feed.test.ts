import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApp } from '../../server/app.ts';
import { CalendarFeedModel } from '../../server/calendar-feeds/calendar-feed.model.ts';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { joinPath } from '../../server/registrations/sign-links.ts';
import { moveSession } from '../../server/sessions/move-session.ts';
import { editSession } from '../../server/sessions/edit-session.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { getSessionOfEvent } from '../../server/sessions/session.queries.ts';
import { addSession } from '../registrations/choosing.ts';
import { cancel, openEvent, register, stored, type TestEvent } from '../registrations/registering.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { openProduct, type Product } from '../support/product.ts';
import { ask, calendarPath, readCalendar, readEntries, subscribe } from './subscribing.ts';

const system = { kind: 'system', name: 'test' } as const;

describe('the calendar of one’s own', () => {
  let product: Product;
  let event: TestEvent;
  let heat: string;
  beforeEach(async () => {
    product = await openProduct({ worker: false });
    event = await openEvent(product);
    heat = await addSession(product, event, { title: 'Heat', startTime: '10:00', endTime: '10:40' });
  });
  afterEach(() => product.close());

  const star = (browser: BrowserSession, placeId: string, sessionId = heat, isStarred = 'yes') =>
    browser.post(`/registrations/${placeId}/stars/${sessionId}`, { isStarred });

  it('holds the day of each event, and each chosen session, which then frees the day', async () => {
    const other = await openEvent(product, { title: 'Another day' });
    const { browser, path, places } = await subscribe(product, event, other);
    const placeId = places[0]!._id;
    expect(
      (await readCalendar(product, path)).map(({ summary, transp }) => [summary, transp]),
    ).to.have.deep.members([
      ['Learning & Development', 'OPAQUE'],
      ['Another day', 'OPAQUE'],
    ]);
    await star(browser, placeId);
    const entries = await readCalendar(product, path);
    expect(
      entries.map(({ uid, summary, status, transp }) => [uid, summary, status, transp]),
    ).to.have.deep.members([
      [`${placeId}@localhost`, 'Learning & Development', 'CONFIRMED', 'TRANSPARENT'],
      [`${placeId}.${heat}@localhost`, 'Heat', 'CONFIRMED', 'OPAQUE'],
      [`${places[1]!._id}@localhost`, 'Another day', 'CONFIRMED', 'OPAQUE'],
    ]);
    expect(entries.find(({ summary }) => summary === 'Heat')).to.include({
      start: '2026-12-24T10:00:00Z',
      url: `${product.url}${event.path}#session-${heat}`,
    });
  });

  it('is a calendar as the standards want it, whatever people call things', async () => {
    for (const [index, title] of hostileTexts.entries()) {
      const id = await addSession(product, event, { title: 'x', startTime: '11:00', endTime: '12:00' });
      await SessionModel.updateOne({ _id: id }, { $set: { title: `${index} ${title}`, summary: title } });
    }
    const { browser, path, places } = await subscribe(product, event);
    for (const { _id } of await SessionModel.find({ eventId: event.id }).lean())
      await star(browser, places[0]!._id, _id);
    const answer = await ask(product, path);
    expect(Object.fromEntries(answer.headers)).to.include({
      'content-type': 'text/calendar; charset=utf-8',
      'x-robots-tag': 'noindex',
    });
    expect(answer.headers.get('cache-control')).to.match(/^private/);
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(text).to.match(/\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n/);
    expect(text)
      .to.match(/\r\nNAME:.+\r\nX-WR-CALNAME:.+\r\n/)
      .and.match(/END:VCALENDAR\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).to.be.at.most(75);
    const entries = readEntries(text);
    expect(entries).to.have.length(hostileTexts.length + 2);
    expect(new Set(entries.map(({ uid }) => uid)).size).to.equal(entries.length);
    for (const { stamp, start } of entries) expect(stamp + start).to.match(/^[^Z]+Z[^Z]+Z$/);
  });

  it('names nobody, and carries no link that lets anybody in', async () => {
    const { browser, path, places, email } = await subscribe(product, event);
    await star(browser, places[0]!._id);
    const text = (await (await ask(product, path)).text()).replaceAll('\r\n ', '');
    expect(text)
      .not.to.include(email)
      .and.not.include('Ada Byron')
      .and.not.match(/ATTENDEE|VALARM|\/join\//);
    expect(text).not.to.include(joinPath(places[0]!, product.deps).slice(-43));
  });

  it('stays the same as long as nothing changes, also for a process that starts later', async () => {
    const { browser, path, places } = await subscribe(product, event);
    await star(browser, places[0]!._id);
    const first = await ask(product, path);
    const [tag, text] = [first.headers.get('etag')!, await first.text()];
    expect(tag).to.match(/^"[\w-]{22}"$/);
    product.clock.advance({ days: 3 });
    const server = createServer(createApp(product.deps));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const later = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    expect([later.headers.get('etag'), await later.text()]).to.deep.equal([tag, text]);
    server.close();
    const known = await ask(product, path, { headers: { 'if-none-match': `"other", ${tag}` } });
    expect([known.status, await known.text(), known.headers.get('etag')]).to.deep.equal([304, '', tag]);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const { path } = await subscribe(product, event);
    const [got, head] = [await ask(product, path), await ask(product, path, { method: 'HEAD' })];
    const headers = ({ headers: all }: Response) =>
      Object.fromEntries(
        [...all].filter(([name]) => !/^(x-request-id|date|connection|keep-alive)$/.test(name)),
      );
    expect(headers(head)).to.deep.equal(headers(got));
    expect(head.headers.get('content-length')).to.equal(String((await got.arrayBuffer()).byteLength));
    expect([head.status, await head.text()]).to.deep.equal([200, '']);
  });

  it('says what changed with a later stamp and a higher number, and of that entry alone', async () => {
    const { browser, path, places } = await subscribe(product, event);
    await star(browser, places[0]!._id);
    const tag = (await ask(product, path)).headers.get('etag')!;
    const [day, before] = await readCalendar(product, path);
    product.clock.advance({ minutes: 5 });
    const session = await getSessionOfEvent(event.id, heat);
    const form = {
      title: 'Heat',
      kind: 'talk',
      summary: '',
      stage: '',
      date: '2026-12-24',
      startTime: '10:15',
    } as const;
    const rest = {
      endTime: '10:55',
      speakers: [],
      moderators: [],
      automatic: false,
      revision: session.revision,
    };
    const input = {
      organiserId: event.organiserId,
      eventId: event.id,
      sessionId: heat,
      form: { ...form, ...rest },
    };
    expect((await editSession(system, input, product.deps)).ok).to.equal(true);
    const changed = await ask(product, path, { headers: { 'if-none-match': tag } });
    expect(changed.status).to.equal(200);
    const [sameDay, after] = readEntries(await changed.text());
    expect(sameDay).to.deep.equal(day);
    expect(after).to.include({
      uid: before!.uid,
      start: '2026-12-24T10:15:00Z',
      stamp: '2026-11-24T09:05:01Z',
    });
    expect(after!.sequence).to.be.greaterThan(before!.sequence);
  });

  it('keeps a cancelled session as cancelled for sixty days', async () => {
    const { browser, path, places } = await subscribe(product, event);
    await star(browser, places[0]!._id);
    const { revision } = await getSessionOfEvent(event.id, heat);
    product.clock.advance({ minutes: 1 });
    const moved = await moveSession(
      system,
      { eventId: event.id, sessionId: heat, move: 'cancel', revision },
      product.deps,
    );
    expect(moved.ok).to.equal(true);
    const states = async () =>
      (await readCalendar(product, path)).map(({ status, transp }) => [status, transp]);
    expect(await states()).to.deep.equal([['CONFIRMED', 'OPAQUE'], ['CANCELLED', 'OPAQUE']]); // prettier-ignore
    product.clock.advance({ days: 61 });
    expect(await states()).to.deep.equal([['CONFIRMED', 'OPAQUE']]);
  });

  it('keeps a place that was given up as cancelled for sixty days, and takes it back as it was', async () => {
    const { browser, path, places, email } = await subscribe(product, event);
    await star(browser, places[0]!._id);
    const before = await readCalendar(product, path);
    product.clock.advance({ minutes: 1 });
    await cancel(product, places[0]!);
    const off = await readCalendar(product, path);
    expect(off.map(({ uid }) => uid)).to.deep.equal(before.map(({ uid }) => uid));
    for (const [index, entry] of off.entries()) {
      expect(entry.status).to.equal('CANCELLED');
      expect(entry.sequence).to.be.greaterThan(before[index]!.sequence);
    }
    product.clock.advance({ minutes: 1 });
    await register(product, event, { email });
    const again = await readCalendar(product, path);
    expect(again.map(({ status }) => status)).to.deep.equal(['CONFIRMED', 'CONFIRMED']);
    expect(again[0]!.sequence).to.be.greaterThan(off[0]!.sequence);
    await cancel(product, await stored(event, email));
    product.clock.advance({ days: 59 });
    expect(await readCalendar(product, path)).to.have.length(2);
    product.clock.advance({ days: 2 });
    expect(await readCalendar(product, path)).to.deep.equal([]);
  });

  it('keeps a cancelled event as cancelled for sixty days, and one that was held for a year', async () => {
    const { path } = await subscribe(product, event, await openEvent(product, { title: 'Held' }));
    const { organiserId, id: eventId } = event;
    await cancelEvent(system, { organiserId, eventId, reason: '' }, product.deps);
    const states = async () =>
      (await readCalendar(product, path)).map(({ summary, status }) => `${summary} ${status}`);
    expect(await states()).to.have.members(['Learning & Development CANCELLED', 'Held CONFIRMED']);
    product.clock.advance({ days: 61 });
    expect(await states()).to.deep.equal(['Held CONFIRMED']);
    product.clock.advance({ days: 366 });
    expect(await states()).to.deep.equal([]);
  });

  it('is not there by an address that was replaced, switched off or made up, all with the same answer', async () => {
    const { browser, path } = await subscribe(product, event);
    const stranger = await subscribe(product, event);
    await browser.post('/account/calendar/replace', {});
    const replaced = await calendarPath(browser);
    expect(replaced).not.to.equal(path);
    expect((await ask(product, replaced)).status).to.equal(200);
    await browser.post('/account/calendar/switch-off', {});
    await browser.post('/account/calendar', {});
    const newest = await calendarPath(browser);
    const idOf = (one: string) => one.slice(0, '/calendars/'.length + 36);
    const signatureOf = (one: string) => one.slice(idOf(one).length);
    expect((await ask(product, newest)).status).to.equal(200);
    const refused = [
      ...[path, replaced],
      idOf(newest) + signatureOf(stranger.path),
      idOf(stranger.path) + signatureOf(newest),
      `${newest.slice(0, -5)}.ics`,
      newest.replace('.ics', ''),
      '/calendars/00000000-0000-4000-8000-000000000000.' + 'A'.repeat(43) + '.ics',
      '/calendars/%00.ics',
      '/calendars/__proto__',
    ];
    const answers = await Promise.all(
      refused.map(async (one) => {
        const answer = await ask(product, one);
        return `${answer.status} ${answer.headers.get('cache-control')} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers.map((answer) => answer.replace(/[0-9a-f-]{36}/g, ''))).size).to.equal(1);
    expect(answers[0]).to.match(/^404 no-store/);
    expect((await ask(product, stranger.path)).status).to.equal(200);
  });

  it('shows nothing of anybody else, and lets a place go with its address', async () => {
    const mine = await subscribe(product, event);
    const theirs = await subscribe(product, event);
    await star(theirs.browser, theirs.places[0]!._id);
    expect((await readCalendar(product, mine.path)).map(({ uid }) => uid)).to.deep.equal([
      `${mine.places[0]!._id}@localhost`,
    ]);
    await RegistrationModel.updateOne({ _id: mine.places[0]!._id }, { $set: { email: 'new@example.org' } });
    expect(await readCalendar(product, mine.path)).to.deep.equal([]);
  });

  it('is nobody’s without signing in, and one however often it is made', async () => {
    const visitor = new BrowserSession(product.url);
    expect((await visitor.get('/account/calendar')).headers.get('location')).to.match(/^\/sign-in/);
    for (const action of ['', '/replace', '/switch-off'])
      expect((await visitor.post(`/account/calendar${action}`, {})).status, action).to.equal(401);
    const { browser, path, email } = await subscribe(product, event);
    await Promise.all(Array.from({ length: 5 }, () => browser.post('/account/calendar', {})));
    expect(await CalendarFeedModel.countDocuments({ email })).to.equal(1);
    expect(await calendarPath(browser)).to.equal(path);
    const page = await (await browser.get('/account/calendar')).text();
    expect(page).to.include(`href="${product.url.replace('http:', 'webcal:')}${path}"`);
    expect(page).to.include(encodeURIComponent(product.url.replace('http:', 'webcal:') + path));
    expect(product.logLines.join('')).not.to.include(path.slice(-47, -4));
  });

  it('leaves out an event that went back to being a draft', async () => {
    const { path } = await subscribe(product, event);
    await EventModel.updateOne({ _id: event.id }, { $set: { status: 'draft' } });
    expect(await readCalendar(product, path)).to.deep.equal([]);
  });
});
