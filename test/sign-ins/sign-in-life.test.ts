import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { createApp } from '../../server/app.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { onRevokedSignIn } from '../../server/platform/realtime/revoked-sign-ins.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';
import { listSignIns } from '../../server/sign-ins/sign-in.queries.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { newestMail, seedMember, signInAttendee, signInMember, whoIs } from '../support/signing-in.ts';

const kindOf = async (product: Product, browser: BrowserSession) =>
  (await whoIs(product, browser)).actor.kind;

describe('a sign-in, once begun', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('lasts for an attendee thirty days from its last use and ninety in all', async () => {
    const browser = await signInAttendee(product, 'ada@example.org');
    for (let use = 0; use < 3; use += 1) {
      product.clock.advance({ days: 29 });
      expect(await kindOf(product, browser)).to.equal('attendee');
    }
    product.clock.advance({ days: 3 });
    expect(await kindOf(product, browser)).to.equal('visitor');

    const idle = await signInAttendee(product, 'ada@example.org');
    product.clock.advance({ days: 30 });
    expect(await kindOf(product, idle)).to.equal('visitor');
  });

  it('lasts for a member half an hour from its last use and twelve hours in all', async () => {
    await seedMember(product);
    const busy = await signInMember(product);
    for (let use = 0; use < 24; use += 1) {
      product.clock.advance({ minutes: 29 });
      expect(await kindOf(product, busy), `use ${use}`).to.equal('member');
    }
    product.clock.advance({ minutes: 24 });
    expect(await kindOf(product, busy)).to.equal('visitor');

    const idle = await signInMember(product);
    product.clock.advance({ minutes: 30 });
    expect(await kindOf(product, idle)).to.equal('visitor');
  });

  it('writes when it was seen once a minute at most', async () => {
    const browser = await signInAttendee(product, 'ada@example.org');
    const before = (await SignInModel.findOne().lean())?.lastSeenAt.getTime() ?? 0;
    product.clock.advance({ seconds: 58 });
    await browser.get('/sign-in');
    expect((await SignInModel.findOne().lean())?.lastSeenAt.getTime()).to.equal(before);
    product.clock.advance({ seconds: 3 });
    await browser.get('/sign-in');
    expect((await SignInModel.findOne().lean())?.lastSeenAt.getTime()).to.be.above(before);
  });

  it('is listed to its owner by device, and ends at once when its owner ends it elsewhere', async () => {
    const agents = {
      desk: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      phone:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1',
    };
    const enter = async (agent: string) => {
      const browser = new BrowserSession(product.url);
      await browser.post('/sign-in', { email: 'ada@example.org' });
      product.clock.advance({ seconds: 1 });
      await browser.post(
        '/sign-in/link',
        { token: (await newestMail(product)).token },
        { 'user-agent': agent },
      );
      return browser;
    };
    const desk = await enter(agents.desk);
    const phone = await enter(agents.phone);
    await signInAttendee(product, 'bea@example.org');
    const { actor } = await whoIs(product, desk);
    const listed = await listSignIns(actor, product.clock.now());
    expect(listed.map(({ device, isThisOne }) => [device, isThisOne])).to.deep.equal([
      ['Firefox on Windows', true],
      ['Safari on iPhone', false],
    ]);
    const told: string[] = [];
    const stop = onRevokedSignIn((id) => told.push(id));
    const revoked = await desk.post(`/account/sign-ins/${listed[1]?.id}/revoke`, {});
    stop();
    expect(revoked.headers.get('location')).to.equal('/account#sign-ins');
    expect(told).to.deep.equal([listed[1]?.id]);
    expect(await kindOf(product, phone)).to.equal('visitor');
    expect(await kindOf(product, desk)).to.equal('attendee');
  });

  it('cannot be ended by somebody else', async () => {
    const ada = await signInAttendee(product, 'ada@example.org');
    const bea = await signInAttendee(product, 'bea@example.org');
    const { actor } = await whoIs(product, ada);
    const id = actor.kind === 'attendee' ? actor.signInId : '';
    expect((await bea.post(`/account/sign-ins/${id}/revoke`, {})).status).to.equal(404);
    expect(
      (await new BrowserSession(product.url).post(`/account/sign-ins/${id}/revoke`, {})).status,
    ).to.equal(401);
    expect(await kindOf(product, ada)).to.equal('attendee');
  });

  it('ends everywhere but here on request', async () => {
    const [here, there] = [
      await signInAttendee(product, 'ada@example.org'),
      await signInAttendee(product, 'ada@example.org'),
    ];
    const bea = await signInAttendee(product, 'bea@example.org');
    await here.post('/account/sign-ins/others/revoke', {});
    expect(await Promise.all([here, there, bea].map((browser) => kindOf(product, browser)))).to.deep.equal([
      'attendee',
      'visitor',
      'attendee',
    ]);
  });

  it('ends with signing out, for the cookie too, and tells its sockets', async () => {
    const browser = await signInAttendee(product, 'ada@example.org');
    const stolen = browser.cookieHeader();
    const told: string[] = [];
    const stop = onRevokedSignIn((id) => told.push(id));
    const out = await browser.post('/sign-out', {});
    stop();
    expect(out.headers.get('location')).to.equal('/');
    expect(told).to.have.length(1);
    expect(browser.cookie('sid')).to.equal(undefined);
    const again = await fetch(`${product.url}/sign-in?next=/events`, {
      headers: { cookie: stolen },
      redirect: 'manual',
    });
    expect(again.status).to.equal(200);
    expect((await new BrowserSession(product.url).post('/sign-out', {})).status).to.equal(303);
  });

  it('puts everything in HttpOnly, SameSite=Lax cookies, with __Host- and Secure under https', async () => {
    const port = await freePort();
    const publicUrl = 'https://events.example.org';
    const config = { ...product.deps.config, publicUrl };
    const server = createServer(createApp({ ...product.deps, config })).listen(port, '127.0.0.1');
    await once(server, 'listening');
    for (const [origin, url, name, secure] of [
      [publicUrl, `http://127.0.0.1:${port}`, '__Host-device', true],
      [product.url, product.url, 'device', false],
    ] as const) {
      const asked = await fetch(`${url}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ email: 'ada@example.org' }),
        headers: { origin },
        redirect: 'manual',
      });
      const [device = ''] = asked.headers.getSetCookie();
      expect(device)
        .to.match(new RegExp(`^${name}=[\\w-]{43};`))
        .and.include('Path=/');
      product.clock.advance({ seconds: 1 });
      const entered = await fetch(`${url}/sign-in/link`, {
        method: 'POST',
        body: new URLSearchParams({ token: (await newestMail(product)).token }),
        headers: { origin, cookie: device.split(';')[0] ?? '' },
        redirect: 'manual',
      });
      const [signIn = ''] = entered.headers.getSetCookie();
      expect(signIn).to.match(secure ? /^__Host-sid=[\w-]{43};/ : /^sid=[\w-]{43};/);
      for (const cookie of [device, signIn]) {
        expect(cookie).to.include('HttpOnly').and.include('SameSite=Lax').and.not.include('Domain');
        expect(cookie.includes('Secure')).to.equal(secure);
      }
    }
    server.close();
  });
});
