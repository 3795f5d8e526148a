import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { Registration } from '../../server/registrations/registration.model.ts';
import { joinPath } from '../../server/registrations/sign-links.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';
import { addSession } from './choosing.ts';
import { cancel, holderOf, openEvent, register, stored, type TestEvent } from './registering.ts';

describe('my agenda', () => {
  let product: Product;
  let event: TestEvent;
  let place: Registration;
  let [welcome, heat, tender, coffee] = ['', '', '', ''];

  beforeEach(async () => {
    product ??= await openProduct({ worker: false });
    event = await openEvent(product);
    welcome = await addSession(product, event, { title: 'Welcome', startTime: '09:30', endTime: '10:00' });
    heat = await addSession(product, event, {
      title: 'Heat',
      startTime: '10:00',
      endTime: '10:40',
      stage: 'A',
    });
    tender = await addSession(product, event, {
      title: 'Tenders',
      startTime: '10:30',
      endTime: '11:00',
      stage: 'B',
    });
    coffee = await addSession(product, event, {
      title: 'Coffee',
      kind: 'break',
      startTime: '11:00',
      endTime: '11:15',
    });
    await register(product, event);
    place = await stored(event);
  });
  after(() => product.close());

  const starPath = (sessionId: string, registrationId = place._id) =>
    `/registrations/${registrationId}/stars/${sessionId}`;
  const star = (browser: BrowserSession, sessionId: string, isStarred = 'yes') =>
    browser.post(starPath(sessionId), { isStarred });
  // Once for all tests: an address is sent a few sign-in mails an hour.
  let signedIn: Promise<BrowserSession> | null = null;
  const ada = () => (signedIn ??= signInAttendee(product, 'ada@example.org'));
  const chosen = async () => [...(await stored(event)).starredSessionIds];

  it('is filled by a form on the event’s page, which comes back to the same session', async () => {
    const browser = await ada();
    const before = await (await browser.get(event.path)).text();
    expect(before)
      .to.include(`action="${starPath(heat)}"`)
      .and.not.include('aria-pressed="true"');
    const answer = await star(browser, heat);
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`${event.path}#session-${heat}`);
    const page = await (await browser.get(event.path)).text();
    expect(page.match(/aria-pressed="true"/g)).to.have.length(1);
    expect(page)
      .to.match(new RegExp(`id="session-${heat}"`))
      .and.include(`/registrations/${place._id}/agenda`);
    await star(browser, heat, 'no');
    expect(await (await browser.get(event.path)).text()).not.to.include('aria-pressed="true"');
    expect(await chosen()).to.deep.equal([]);
  });

  it('answers a script without a page, and a page of the agenda with that page', async () => {
    const browser = await ada();
    const answer = await browser.post(starPath(heat), { isStarred: 'yes' }, { accept: 'application/json' });
    expect([answer.status, await answer.text()]).to.deep.equal([204, '']);
    const back = await browser.post(starPath(heat), { isStarred: 'no', from: 'agenda' });
    expect(back.headers.get('location')).to.equal(`/registrations/${place._id}/agenda`);
  });

  it('takes the same press twice for one, and many at once for all of them', async () => {
    const browser = await ada();
    await Promise.all([heat, tender, welcome, heat, tender, welcome].map((id) => star(browser, id)));
    expect((await chosen()).sort()).to.deep.equal([heat, tender, welcome].sort());
    const rows = await AuditEntryModel.find({
      'subject.id': place._id,
      action: 'registration:session-starred',
    }).lean();
    expect(rows).to.have.length(3);
  });

  it('does not overtake a form about the place that is open elsewhere', async () => {
    const browser = await ada();
    await star(browser, heat);
    const saved = await browser.post(`/registrations/${place._id}`, {
      name: 'Ada Lovelace',
      'answer-sector': 'Council',
      revision: String(place.revision),
    });
    expect(saved.status).to.equal(303);
  });

  it('opens by the join link and by the link in the mail, because the holder has them', async () => {
    const joined = new BrowserSession(product.url);
    await joined.post(joinPath(place, product.deps), {});
    for (const browser of [joined, await holderOf(product, place)]) {
      expect(await (await browser.get(event.path)).text()).to.include(`action="${starPath(heat)}"`);
      expect((await star(browser, heat)).status).to.equal(303);
      expect(await (await browser.get(`/registrations/${place._id}/agenda`)).text()).to.include('Heat');
      expect((await star(browser, heat, 'no')).status).to.equal(303);
    }
    // What the join link does not open stays shut.
    expect((await joined.get(`/registrations/${place._id}`)).status).to.equal(303);
    expect((await joined.get('/account/calendar')).status).to.equal(303);
  });

  it('does not exist for anybody else', async () => {
    await register(product, event, { email: 'eve@example.org' });
    const eve = await stored(event, 'eve@example.org');
    const other = new BrowserSession(product.url);
    await other.post(joinPath(eve, product.deps), {});
    const outsiders = [
      { browser: await signInAttendee(product, 'eve@example.org'), seen: 404, done: 404 },
      { browser: other, seen: 303, done: 401 },
      { browser: new BrowserSession(product.url), seen: 303, done: 401 },
    ];
    for (const { browser, seen, done } of outsiders) {
      expect((await star(browser, heat)).status).to.equal(done);
      for (const page of ['agenda', 'agenda.ics'])
        expect((await browser.get(`/registrations/${place._id}/${page}`)).status).to.equal(seen);
    }
    expect(await chosen()).to.deep.equal([]);
  });

  it('holds no breaks, nothing cancelled, and nothing of another event', async () => {
    const browser = await ada();
    const elsewhere = await openEvent(product);
    const foreign = await addSession(product, elsewhere, {
      title: 'Elsewhere',
      startTime: '10:00',
      endTime: '11:00',
    });
    await SessionModel.updateOne({ _id: tender }, { $set: { state: 'cancelled' } });
    expect((await star(browser, coffee)).status).to.equal(409);
    expect((await star(browser, tender)).status).to.equal(409);
    for (const id of [foreign, randomUUID(), '__proto__', '$ne'])
      expect((await star(browser, id)).status, id).to.equal(404);
    expect(await chosen()).to.deep.equal([]);
    const page = await (await browser.get(event.path)).text();
    expect(page)
      .to.include(starPath(heat))
      .and.not.include(starPath(coffee))
      .and.not.include(starPath(tender));
  });

  it('lets a session go that was cancelled after it was chosen', async () => {
    const browser = await ada();
    await star(browser, tender);
    await SessionModel.updateOne({ _id: tender }, { $set: { state: 'cancelled' } });
    expect(await (await browser.get(`/registrations/${place._id}/agenda`)).text()).to.include('Cancelled');
    expect((await star(browser, tender, 'no')).status).to.equal(303);
    expect(await chosen()).to.deep.equal([]);
  });

  it('ends with the place', async () => {
    const browser = await ada();
    await star(browser, heat);
    await cancel(product, place);
    expect((await star(browser, tender)).status).to.equal(410);
    expect((await browser.get(`/registrations/${place._id}/agenda`)).status).to.equal(410);
    expect(await chosen()).to.deep.equal([heat]);
  });

  it('refuses what no form sends', async () => {
    const browser = await ada();
    for (const fields of [
      {},
      { isStarred: 'maybe' },
      { isStarred: 'yes', from: '//evil.example' },
      { isStarred: ['yes', 'no'] },
      { isStarred: 'yes', extra: '1' },
    ] as Record<string, string>[])
      // prettier-ignore
      expect((await browser.post(starPath(heat), fields)).status, JSON.stringify(fields)).to.equal(422);
    const foreign = await browser.post(
      starPath(heat),
      { isStarred: 'yes' },
      { origin: 'https://evil.example' },
    );
    expect(foreign.status).to.equal(403);
    expect(await chosen()).to.deep.equal([]);
  });

  it('shows a visitor no star, one line instead, and the same page whatever others choose', async () => {
    const visitor = new BrowserSession(product.url);
    const before = await (await visitor.get(event.path)).text();
    expect(before).to.include('to choose your sessions').and.not.include('/stars/');
    expect((await star(await ada(), heat)).status).to.equal(303);
    expect(await (await visitor.get(event.path)).text()).to.equal(before);
  });

  it('names clashes, breaks and what is on while nothing is chosen', async () => {
    const browser = await ada();
    const late = await addSession(product, event, { title: 'Close', startTime: '12:00', endTime: '12:30' });
    await addSession(product, event, { title: 'Skipped', startTime: '11:15', endTime: '12:00' });
    for (const id of [late, tender, heat]) await star(browser, id);
    const html = await (await browser.get(`/registrations/${place._id}/agenda`)).text();
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).to.match(/10:00 until 10:40 .*A Heat .*Also at this time: Tenders/);
    expect(text).to.match(/10:30 until 11:00 .*B Tenders .*Also at this time: Heat/);
    expect(text).to.match(/11:00 Coffee .*11:15 Nothing chosen until 12:00\s*\. One session is on .*12:00/);
    expect(text)
      .to.match(/12:00 until 12:30 Close/)
      .and.not.include('Skipped')
      .and.not.include('Welcome');
    expect(text.match(/Also at this time/g)).to.have.length(2);
  });

  it('is downloaded as the chosen sessions alone, with public addresses', async () => {
    const browser = await ada();
    for (const id of [tender, heat]) await star(browser, id);
    const answer = await browser.get(`/registrations/${place._id}/agenda.ics`);
    expect(answer.headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).to.include('private');
    const text = await answer.text();
    const entries = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
    expect(entries.map((entry) => entry.getFirstPropertyValue('summary'))).to.deep.equal(['Heat', 'Tenders']);
    expect(text).not.to.match(/join\/|ada@example\.org|Ada Byron|ATTENDEE/);
    const own = await browser.get(`/registrations/${place._id}`);
    expect(await own.text()).to.include(`/registrations/${place._id}/agenda`);
  });
});
