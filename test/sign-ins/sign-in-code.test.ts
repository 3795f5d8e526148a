import { expect } from 'chai';
import { SignInLinkModel } from '../../server/sign-ins/sign-in-link.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askForLink, whoIs } from '../support/signing-in.ts';

const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('signing in by the six-digit code', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('signs in where it was asked for, typed with spaces, once', async () => {
    const { browser, attempt, mail } = await askForLink(product, 'ada@example.org', '/events');
    const code = `${mail.code.slice(0, 3)} ${mail.code.slice(3)}`;
    const entered = await browser.post('/sign-in/code', { attempt, code });
    expect(entered.headers.get('location')).to.equal('/events');
    expect((await whoIs(product, browser)).actor).to.include({ email: 'ada@example.org' });
    await browser.post('/sign-out', {});
    expect((await browser.post('/sign-in/code', { attempt, code })).status).to.equal(410);
    expect((await browser.post('/sign-in/link', { token: mail.token })).status).to.equal(410);
  });

  it('signs in another device that holds the link and types the code', async () => {
    const { mail } = await askForLink(product, 'ada@example.org');
    const phone = new BrowserSession(product.url);
    expect(await (await phone.get(mail.path)).text()).to.include('Type the code from the email');
    const wrong = await phone.post('/sign-in/link', { token: mail.token, code: wrongCode(mail.code) });
    expect(wrong.status).to.equal(422);
    expect(await wrong.text()).to.include('not the code in our email');
    expect((await phone.post('/sign-in/link', { token: mail.token, code: mail.code })).status).to.equal(303);
    expect((await whoIs(product, phone)).actor.kind).to.equal('attendee');
  });

  it('is worth nothing in a browser that neither asked nor holds the link', async () => {
    const { attempt, mail } = await askForLink(product, 'ada@example.org');
    const thief = new BrowserSession(product.url);
    const answer = await thief.post('/sign-in/code', { attempt, code: mail.code });
    expect(answer.status).to.equal(410);
    expect((await whoIs(product, thief)).actor.kind).to.equal('visitor');
  });

  it('stops after five guesses, even at the same moment, and leaves the link to its owner', async () => {
    const { browser, attempt, mail } = await askForLink(product, 'ada@example.org');
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () =>
        browser.post('/sign-in/code', { attempt, code: wrongCode(mail.code) }),
      ),
    );
    const texts = await Promise.all(guesses.map((answer) => answer.text()));
    expect(texts.filter((text) => text.includes('not the code in our email'))).to.have.length(5);
    expect(texts.filter((text) => text.includes('Too many wrong codes'))).to.have.length(7);
    expect((await SignInLinkModel.findOne({ _id: attempt }).lean())?.codeTries).to.equal(5);
    const right = await browser.post('/sign-in/code', { attempt, code: mail.code });
    expect(await right.text()).to.include('Too many wrong codes');
    expect((await whoIs(product, browser)).actor.kind).to.equal('visitor');
    expect((await browser.post('/sign-in/link', { token: mail.token })).status).to.equal(303);
  });

  it('counts guesses of one address over all its links of a day', async () => {
    const { browser, attempt, mail } = await askForLink(product, 'ada@example.org');
    const link = await SignInLinkModel.findOne({ _id: attempt }).lean();
    const earlier = Array.from({ length: 10 }, (_, index) => ({
      ...link,
      _id: `earlier-${index}`,
      tokenHash: `earlier-${index}`,
      codeTries: 5,
    }));
    await SignInLinkModel.insertMany(earlier);
    const locked = await browser.post('/sign-in/code', { attempt, code: mail.code });
    expect(await locked.text()).to.include('Too many wrong codes');
    await SignInLinkModel.updateMany(
      { codeTries: 5 },
      { $set: { createdAt: new Date('2026-11-22T00:00:00Z') } },
    );
    expect((await browser.post('/sign-in/code', { attempt, code: mail.code })).status).to.equal(303);
  });

  it('is refused after ten minutes', async () => {
    const { browser, attempt, mail } = await askForLink(product, 'ada@example.org');
    product.clock.advance({ minutes: 10 });
    expect((await browser.post('/sign-in/code', { attempt, code: mail.code })).status).to.equal(410);
  });

  it('asks again for what is not six digits, without counting it, and does not show it again', async () => {
    const { browser, attempt } = await askForLink(product, 'ada@example.org');
    for (const code of ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '🎉']) {
      const answer = await browser.post('/sign-in/code', { attempt, code });
      expect(answer.status, code).to.equal(422);
      const page = await answer.text();
      expect(page)
        .to.include('Enter the six digits of the code')
        .and.not.include(`value="${code || '-'}"`);
    }
    expect((await SignInLinkModel.findOne({ _id: attempt }).lean())?.codeTries).to.equal(0);
  });
});
