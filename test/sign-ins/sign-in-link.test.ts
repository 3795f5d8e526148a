import { expect } from 'chai';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';
import { SignInLinkModel } from '../../server/sign-ins/sign-in-link.model.ts';
import { resolveSignIns } from '../../server/sign-ins/resolve-sign-ins.ts';
import { askForLink, seedMember, sentMails, signInAttendee, whoIs } from '../support/signing-in.ts';

describe('signing in by an emailed link', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('signs in the browser that asked, at the press of the button', async () => {
    const { browser, response, mail } = await askForLink(
      product,
      ' Ada@Example.ORG ',
      '/events?topic=energy',
    );
    expect(response.status).to.equal(303);
    const page = await browser.get(mail.path);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.include('Sign in');
    const entered = await browser.post('/sign-in/link', { token: mail.token });
    expect(entered.status).to.equal(303);
    expect(entered.headers.get('location')).to.equal('/events?topic=energy');
    const { actor } = await whoIs(product, browser);
    expect(actor).to.include({ kind: 'attendee', email: 'ada@example.org' });
  });

  it('changes nothing on GET and HEAD, however often', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    const before = await SignInLinkModel.find().lean();
    for (const visitor of [browser, new BrowserSession(product.url)]) {
      await visitor.get(mail.path);
      const head = await fetch(product.url + mail.path, {
        method: 'HEAD',
        headers: { cookie: visitor.cookieHeader() },
      });
      expect(head.status).to.equal(200);
    }
    expect(await SignInLinkModel.find().lean()).to.deep.equal(before);
    expect(await SignInModel.countDocuments()).to.equal(0);
    expect((await browser.post('/sign-in/link', { token: mail.token })).status).to.equal(303);
  });

  it('does not sign in a mail scanner that presses the button, and the link still works afterwards', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    const scanner = new BrowserSession(product.url);
    await scanner.get(mail.path);
    const pressed = await scanner.post('/sign-in/link', { token: mail.token });
    expect(pressed.status).to.equal(403);
    expect(await pressed.text()).to.include('Type the code from the email');
    expect((await whoIs(product, scanner)).actor.kind).to.equal('visitor');
    expect((await browser.post('/sign-in/link', { token: mail.token })).status).to.equal(303);
  });

  it('signs in once when the button is pressed twice at the same moment', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => browser.post('/sign-in/link', { token: mail.token })),
    );
    expect(answers.filter((answer) => answer.headers.get('location') === '/account')).to.have.length(1);
    expect(await SignInModel.countDocuments()).to.equal(1);
  });

  it('refuses a used, an expired, a truncated and an invented link, each with a way on', async () => {
    const used = await askForLink(product, 'ada@example.org');
    await used.browser.post('/sign-in/link', { token: used.mail.token });
    await used.browser.post('/sign-out', {});
    const again = await used.browser.post('/sign-in/link', { token: used.mail.token });
    expect(again.status).to.equal(410);
    expect(await again.text()).to.include('That link has been used');

    const { browser, mail } = await askForLink(product, 'bea@example.org');
    product.clock.advance({ minutes: 10 });
    for (const answer of [
      await browser.get(mail.path),
      await browser.post('/sign-in/link', { token: mail.token }),
    ]) {
      expect(answer.status).to.equal(410);
      expect(await answer.text()).to.include('That link has run out');
    }
    for (const token of [mail.token.slice(0, -1), 'x', '', `${mail.token}\r\nSet-Cookie: sid=1`, '$ne']) {
      const answer = await browser.post('/sign-in/link', { token });
      expect(answer.status, token).to.equal(410);
      expect(await answer.text()).to.include('Ask for a new one');
    }
    expect((await browser.get('/sign-in/link/%00')).status).to.equal(410);
    expect((await browser.get('/sign-in/link/%E0%A4%A')).status).to.equal(400);
    expect((await whoIs(product, browser)).actor.kind).to.equal('visitor');
  });

  it('answers a known, an unknown and a member’s address with the same pages', async () => {
    await seedMember(product);
    await signInAttendee(product, 'known@example.org');
    const bodies = [];
    for (const email of ['known@example.org', 'nobody@example.org', 'olivia@council.example']) {
      const { browser, response, attempt } = await askForLink(product, email);
      expect(response.status).to.equal(303);
      const page = await (await browser.get(`/sign-in/sent?attempt=${attempt}`)).text();
      expect(page).to.include(email);
      bodies.push(page.replaceAll(email, 'EMAIL').replaceAll(attempt, 'ATTEMPT'));
    }
    expect(new Set(bodies).size).to.equal(1);
    expect((await sentMails(product)).map((mail) => mail.email)).to.include('nobody@example.org');
  });

  it('shows an attempt only to the browser that made it', async () => {
    const { attempt } = await askForLink(product, 'ada@example.org');
    const other = new BrowserSession(product.url);
    const answer = await other.get(`/sign-in/sent?attempt=${attempt}`);
    expect(answer.headers.get('location')).to.equal('/sign-in');
  });

  it('gives a new id at every sign-in and ends the one before', async () => {
    const browser = await signInAttendee(product, 'ada@example.org');
    const first = browser.cookieHeader();
    await browser.post('/sign-in', { email: 'ada@example.org' });
    const second = (await sentMails(product)).at(-1);
    await browser.post('/sign-in/link', { token: second?.token ?? '' });
    expect(browser.cookieHeader()).to.not.equal(first);
    expect((await resolveSignIns(first, product.deps)).actor.kind).to.equal('visitor');
    expect((await whoIs(product, browser)).actor.kind).to.equal('attendee');
  });

  it('stores neither token, code nor cookie in the clear, and logs none of them', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    await browser.get(mail.path);
    await browser.post('/sign-in/code', { attempt: 'x', code: mail.code });
    await browser.post('/sign-in/link', { token: mail.token });
    await browser.get('/account');
    const secrets = [mail.token, browser.cookie('sid') ?? '-', browser.cookie('device') ?? '-'];
    const stored = JSON.stringify([await SignInLinkModel.find().lean(), await SignInModel.find().lean()]);
    for (const secret of secrets) expect(stored).to.not.include(secret);
    const logs = product.logLines.join('');
    expect(logs).to.include('/sign-in/link/:token');
    for (const secret of [...secrets, 'ada@example.org', `"${mail.code}"`])
      expect(logs).to.not.include(secret);
  });

  it('sends no path in a Referer and lets nobody keep the page of a link', async () => {
    const { browser, mail } = await askForLink(product, 'ada@example.org');
    const { headers } = await browser.get(mail.path);
    expect(headers.get('referrer-policy')).to.equal('strict-origin');
    expect(headers.get('cache-control')).to.include('no-store');
  });
});
