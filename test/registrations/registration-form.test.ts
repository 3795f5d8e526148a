import { expect } from 'chai';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { confirmedCount, openEvent, register, stored, typed, type TestEvent } from './registering.ts';

describe('the registration form', () => {
  let product: Product;
  let event: TestEvent;
  before(async () => {
    product = await openProduct({ worker: false });
    event = await openEvent(product);
  });
  after(() => product.close());

  const postJson = (body: string) =>
    fetch(`${product.url}${event.path}/register`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', origin: product.url, accept: 'text/html' },
    });

  it('shows the questions and an empty box for each consent', async () => {
    const html = await (await new BrowserSession(product.url).get(`${event.path}/register`)).text();
    expect(html).to.include('Your sector').and.include('name="answer-topics"').and.include('name="attempt"');
    expect(html).to.include('Send me news of later events').and.not.include('checked');
  });

  const refused: Record<string, [Record<string, string | readonly string[]>, sentence: string]> = {
    'no name': [{ name: ' ' }, 'Enter your full name'],
    'a name of 300 characters': [{ name: 'n'.repeat(300) }, 'Use 100 characters or fewer'],
    'a list for a name': [{ name: ['Ada', 'Bo'] }, 'Enter your full name'],
    'something that is no address': [{ email: 'ada at example' }, 'name@example.org'],
    'two addresses': [{ email: 'ada@example.org, bo@example.org' }, 'name@example.org'],
    'an address with a line break': [
      { email: 'ada@example.org\r\nBcc: all@example.org' },
      'name@example.org',
    ],
    'no answer to a required question': [{ 'answer-sector': '' }, 'Choose one of the answers'],
    'an answer that was not offered': [{ 'answer-sector': 'Crime' }, 'Choose one of the answers'],
    'one of several answers that was not offered': [{ 'answer-topics': ['Pay', 'Crime'] }, 'Choose from'],
    'a list where one answer is asked': [{ 'answer-sector': ['Council', 'Health'] }, 'Choose one answer'],
    'a box that says something else': [{ 'consent-news': 'maybe' }, 'Tick the box or leave it'],
    'an attempt that is no id': [{ attempt: 'x' }, 'Reload the page'],
    'a field nobody asked for': [{ status: 'confirmed' }, 'This form has no such field'],
    'an answer to a question of another event': [{ 'answer-other': 'x' }, 'This form has no such field'],
  };
  for (const [what, [fields, sentence]] of Object.entries(refused)) {
    it(`refuses ${what} with a sentence, and keeps the rest`, async () => {
      const answer = await register(product, event, { jobTitle: 'Head of Estates', ...fields });
      expect(answer.status).to.equal(422);
      const html = await answer.text();
      expect(html).to.include(sentence).and.include('value="Head of Estates"');
    });
  }

  it('refuses objects, operators and prototypes in JSON without falling over', async () => {
    for (const body of [
      '{"name":{"$gt":""},"email":{"$ne":null},"answer-sector":"Council"}',
      '{"name":"Ada","email":"ada@example.org","answer-sector":"Council","__proto__":{"status":"x"}}',
      '{"name":"Ada","email":"ada@example.org","answer-sector":"Council","constructor":{"prototype":{}}}',
      '[]',
    ])
      expect((await postJson(body)).status, body).to.equal(422);
    expect((await postJson('{"name":')).status).to.equal(400);
    expect(({} as Record<string, unknown>).status).to.equal(undefined);
    expect(await confirmedCount(event)).to.equal(0);
  });

  it('refuses a body that is too large, and one of a kind it cannot read', async () => {
    const long = await register(product, event, { accessNeeds: 'x'.repeat(70_000) });
    expect(long.status).to.equal(413);
    const response = await fetch(`${product.url}${event.path}/register`, {
      method: 'POST',
      body: 'name=Ada',
      headers: { 'content-type': 'text/plain', origin: product.url, accept: 'text/html' },
    });
    expect(response.status).to.equal(422);
  });

  it('refuses a form that another site sent', async () => {
    const answer = await new BrowserSession(product.url).post(`${event.path}/register`, typed(), {
      'sec-fetch-site': 'cross-site',
    });
    expect(answer.status).to.equal(403);
  });

  it('keeps emoji and right-to-left names, and takes line breaks out', async () => {
    const names = { 'rtl@example.org': 'نور الدين', 'emoji@example.org': 'Zoë 👩🏽‍💻' };
    for (const [email, name] of Object.entries(names)) {
      expect((await register(product, event, { email, name })).status).to.equal(303);
      expect((await stored(event, email)).name).to.equal(name);
    }
    await register(product, event, { email: 'crlf@example.org', name: 'Ada\r\nBcc: all@example.org' });
    expect((await stored(event, 'crlf@example.org')).name).to.equal('Ada Bcc: all@example.org');
  });

  it('takes an address in any case and with spaces around it as one', async () => {
    await register(product, event, { email: ' Case@Example.ORG ' });
    expect((await stored(event, 'case@example.org')).email).to.equal('case@example.org');
  });

  it('does not know unknown and unpublished events', async () => {
    const draft = await openEvent(product, { status: 'draft', publishedAt: null });
    for (const path of ['/events/nothing-here', draft.path, '/events/%00', `/events/${'x'.repeat(900)}`]) {
      const session = new BrowserSession(product.url);
      expect((await session.get(`${path}/register`)).status, path).to.equal(404);
      expect((await session.post(`${path}/register`, typed())).status, path).to.equal(404);
      expect((await session.get(`${path}/registered`)).status, path).to.equal(404);
    }
  });

  const closed: Record<string, [fields: object, status: number, sentence: string]> = {
    'is not open yet': [{ registrationOpensAt: new Date('2026-12-01T09:00:00Z') }, 409, 'not open yet'],
    'has closed': [{ registrationClosesAt: new Date('2026-11-20T09:00:00Z') }, 410, 'Registration is closed'],
    'is over': [
      { startsAt: new Date('2026-11-01T09:00:00Z'), endsAt: new Date('2026-11-01T17:00:00Z') },
      410,
      'This event is over',
    ],
    'is cancelled': [{ status: 'cancelled' }, 410, 'This event is cancelled'],
    'is sold out': [{ capacity: 0 }, 409, 'Every place is taken'],
  };
  for (const [what, [fields, status, sentence]] of Object.entries(closed)) {
    it(`says plainly that an event ${what}, and keeps what was typed`, async () => {
      const other = await openEvent(product, { ...fields });
      const page = await new BrowserSession(product.url).get(`${other.path}/register`);
      expect(page.status).to.equal(200);
      expect(await page.text())
        .to.include(sentence)
        .and.not.include('name="attempt"');
      const answer = await register(product, other, { jobTitle: 'Head of Estates' });
      expect(answer.status).to.equal(status);
      expect(await answer.text())
        .to.include(sentence)
        .and.include('value="Head of Estates"');
      expect(await confirmedCount(other)).to.equal(0);
    });
  }
});
