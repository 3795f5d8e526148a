import { expect } from 'chai';
import { SignInLinkModel } from '../../server/sign-ins/sign-in-link.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askForLink, seedMember, sentMails, signInAttendee, totpCode, whoIs } from '../support/signing-in.ts';

describe('signing in, abused', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  const json = (path: string, body: string) =>
    fetch(product.url + path, {
      method: 'POST',
      body,
      headers: { origin: product.url, 'content-type': 'application/json', accept: 'text/html' },
      redirect: 'manual',
    });

  it('answers five requests for one address, then says how long to wait, from whatever browser', async () => {
    for (let count = 0; count < 5; count += 1) {
      const { response } = await askForLink(product, 'ada@example.org');
      expect(response.status).to.equal(303);
    }
    const sixth = await new BrowserSession(product.url).post('/sign-in', { email: 'Ada@example.org' });
    expect(sixth.status).to.equal(429);
    expect(Number(sixth.headers.get('retry-after'))).to.be.within(600, 900);
    expect(await sixth.text()).to.include('Too many sign-in emails for this address. Wait 15 minutes');
    expect(await sentMails(product)).to.have.length(5);
    expect((await askForLink(product, 'bea@example.org')).response.status).to.equal(303);
  });

  it('is not fooled by a made-up X-Forwarded-For', async () => {
    const ask = (from: number) =>
      new BrowserSession(product.url).post(
        '/sign-in',
        { email: 'ada@example.org' },
        { 'x-forwarded-for': `198.51.100.${from}` },
      );
    const answers = await Promise.all(Array.from({ length: 9 }, (_, from) => ask(from)));
    expect(answers.filter(({ status }) => status === 429)).to.have.length(4);
  });

  it('lets a whole council behind one address sign in', async function () {
    this.timeout(60_000);
    const people = Array.from({ length: 150 }, (_, index) => `person-${index}@council.example`);
    const answers = await Promise.all(
      people.map((email) => new BrowserSession(product.url).post('/sign-in', { email })),
    );
    expect(answers.every(({ status }) => status === 303)).to.equal(true);
  });

  it('never leads to another site afterwards', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/.//evil.example',
      '/\r\nx: y',
    ]) {
      const { browser, mail } = await askForLink(product, `${Math.random()}@example.org`, next);
      const entered = await browser.post('/sign-in/link', { token: mail.token });
      expect(entered.headers.get('location'), next).to.equal('/account');
      const inside = await browser.get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(inside.headers.get('location'), next).to.equal('/account');
    }
    await seedMember(product);
    const member = await signInAttendee(product, 'olivia@council.example');
    const given = await member.post('/sign-in/second-factor', {
      code: totpCode(product),
      next: '//evil.example',
    });
    expect(given.headers.get('location')).to.equal('/console/events');
  });

  it('answers bodies of the wrong shape with the form, or that it cannot read them', async () => {
    const shapes: [body: string, status: number][] = [
      ['{"email":{"$ne":null}}', 422],
      ['{"email":["ada@example.org"]}', 422],
      ['{"email":"ada@example.org","__proto__":{"next":"/x"}}', 422],
      ['{"email":"ada@example.org","role":"owner"}', 422],
      ['{"email":null}', 422],
      ['[]', 422],
      ['{}', 422],
      ['{"email":', 400],
      ['"ada@example.org"', 400],
    ];
    for (const [body, status] of shapes) {
      const answer = await json('/sign-in', body);
      expect(answer.status, body).to.equal(status);
    }
    for (const path of ['/sign-in/link', '/sign-in/code'])
      for (const body of [
        '{"token":{"$gt":""}}',
        '{"attempt":{"$ne":1},"code":"123456"}',
        '[]',
        '{"__proto__":{}}',
      ])
        expect((await json(path, body)).status, path + body).to.equal(410);
    const twice = await new BrowserSession(product.url).post('/sign-in', {
      email: ['a@example.org', 'b@example.org'],
    });
    expect(twice.status).to.equal(422);
    expect((await json('/sign-in', `{"email":"${'a'.repeat(70_000)}"}`)).status).to.equal(413);
    expect(await sentMails(product)).to.deep.equal([]);
    expect(({} as Record<string, unknown>).next).to.equal(undefined);
  });

  it('keeps what was typed, as text, when the address is wrong', async () => {
    const browser = new BrowserSession(product.url);
    for (const email of [
      'ada@',
      '"><script>alert(1)</script>',
      'ada@example.org\r\nBcc: evil@example.org',
      '🎉',
      '',
    ]) {
      const answer = await browser.post('/sign-in', { email, next: '/events' });
      expect(answer.status, email).to.equal(422);
      const page = await answer.text();
      expect(page).to.not.include('<script>alert');
      expect(page)
        .to.include('value="/events"')
        .and.include('Enter an email address in the form name@example.org');
    }
    const long = await browser.post('/sign-in', { email: `${'a'.repeat(300)}@example.org` });
    expect(long.status).to.equal(422);
    expect(await SignInLinkModel.countDocuments()).to.equal(0);
  });

  it('refuses forms sent from another site', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const answer = await browser.post('/sign-in/link', { token: mail.token }, headers);
      expect(answer.status).to.equal(403);
    }
    expect((await whoIs(product, browser)).actor.kind).to.equal('visitor');
  });

  it('takes rubbish in a cookie for nobody', async () => {
    for (const cookie of [
      'sid=',
      'sid=%00',
      `sid=${'x'.repeat(5_000)}`,
      'sid[$ne]=1; passes=....',
      'sid=a; sid=b',
    ]) {
      const answer = await fetch(`${product.url}/sign-in`, { headers: { cookie } });
      expect(answer.status, cookie).to.equal(200);
    }
  });

  it('has a way on for the address of a form that was answered', async () => {
    for (const path of [
      '/sign-in/link',
      '/sign-in/code',
      '/sign-in/sent',
      '/sign-in/sent?attempt=a&attempt=b',
    ])
      expect((await new BrowserSession(product.url).get(path)).headers.get('location'), path).to.equal(
        '/sign-in',
      );
  });

  it('leads from a page that needs a sign-in there and back', async () => {
    const browser = new BrowserSession(product.url);
    const turnedAway = await browser.get('/account?from=mail');
    expect(turnedAway.status).to.equal(303);
    expect(turnedAway.headers.get('location')).to.equal('/sign-in?next=%2Faccount%3Ffrom%3Dmail');
    expect(await (await browser.get('/sign-in?next=%2Faccount%3Ffrom%3Dmail')).text()).to.include(
      'name="next" value="/account?from=mail"',
    );
    const api = await browser.get('/account', { accept: 'application/json' });
    expect(api.status).to.equal(401);
  });
});
