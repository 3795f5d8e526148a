import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  askForLink,
  seedMember,
  signInAttendee,
  signInMember,
  totpCode,
  whoIs,
} from '../support/signing-in.ts';

const email = 'olivia@council.example';
const path = '/sign-in/second-factor';

describe('the second factor of members', () => {
  let product: Product;
  beforeEach(async () => (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('makes nobody a member before it is given', async () => {
    await seedMember(product);
    const { browser, mail } = await askForLink(product, email, '/console/events');
    const entered = await browser.post('/sign-in/link', { token: mail.token });
    expect(entered.headers.get('location')).to.equal(`${path}?next=%2Fconsole%2Fevents`);
    const { actor, pending } = await whoIs(product, browser);
    expect(actor).to.deep.equal({ kind: 'visitor' });
    expect(pending).to.not.equal(null);
    const revoke = await browser.post('/account/sign-ins/others/revoke', {});
    expect(revoke.status).to.equal(401);
  });

  it('lets the member in with the right code, with a new cookie and an audit row', async () => {
    const { memberId, organiserId } = await seedMember(product);
    const browser = await signInAttendee(product, email);
    const before = browser.cookie('sid');
    expect((await browser.get(path)).status).to.equal(200);
    const given = await browser.post(path, { code: totpCode(product), next: '/console/events/new' });
    expect(given.headers.get('location')).to.equal('/console/events/new');
    expect(browser.cookie('sid')).to.not.equal(before);
    expect((await whoIs(product, browser)).actor).to.include({
      kind: 'member',
      memberId,
      organiserId,
      role: 'owner',
    });
    const rows = await AuditEntryModel.find({ action: 'member:signed-in' }).lean();
    expect(rows).to.have.length(1);
    expect(rows[0]).to.deep.include({ organiserId, changes: { factor: 'totp' } });
  });

  it('accepts the step before and after, and no further one', async () => {
    await seedMember(product);
    const browser = await signInAttendee(product, email);
    for (const offset of [-2, 2]) {
      const answer = await browser.post(path, { code: totpCode(product, undefined, offset) });
      expect(answer.status).to.equal(422);
    }
    expect((await browser.post(path, { code: totpCode(product, undefined, -1) })).status).to.equal(303);
  });

  it('takes a code once, also when it is given twice at the same moment', async () => {
    await seedMember(product);
    const browsers = [await signInAttendee(product, email), await signInAttendee(product, email)];
    const code = totpCode(product);
    const answers = await Promise.all(browsers.map((browser) => browser.post(path, { code })));
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([303, 422]);
    const refused = answers.find((answer) => answer.status === 422);
    expect(await refused?.text()).to.include('That code has been used');
    const members = await Promise.all(browsers.map((browser) => whoIs(product, browser)));
    expect(members.filter(({ actor }) => actor.kind === 'member')).to.have.length(1);
  });

  it('locks after five wrong codes for a while, whoever types them and however many at once', async () => {
    await seedMember(product);
    const browser = await signInAttendee(product, email);
    const wrong = totpCode(product, undefined, 50);
    const answers = await Promise.all(Array.from({ length: 9 }, () => browser.post(path, { code: wrong })));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.filter((text) => text.includes('Too many wrong codes'))).to.have.length(4);
    const right = await browser.post(path, { code: totpCode(product) });
    expect(right.status).to.equal(422);
    product.clock.advance({ minutes: 15 });
    const later = await signInMember(product);
    expect((await whoIs(product, later)).actor.kind).to.equal('member');
  });

  it('enrols an authenticator with a QR code, then shows ten recovery codes once', async () => {
    const { memberId } = await seedMember(product, { totpSecret: null });
    const browser = await signInAttendee(product, email);
    expect((await browser.get(path)).headers.get('location')).to.equal('/sign-in/enrol');
    const page = await (await browser.get('/sign-in/enrol')).text();
    expect(page)
      .to.match(/<svg [^>]*viewBox/)
      .and.not.include('style=');
    const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '');
    expect(secret).to.have.length(32);
    expect((await MemberModel.findOne({ _id: memberId }).lean())?.totpSecret).to.equal(null);

    const wrong = await browser.post('/sign-in/enrol', { code: totpCode(product, undefined, 9) });
    expect(wrong.status).to.equal(422);
    const done = await browser.post('/sign-in/enrol', { code: totpCode(product, secret) });
    expect(done.status).to.equal(200);
    const codes = [...(await done.text()).matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map(
      ([, code]) => code,
    );
    expect(new Set(codes).size).to.equal(10);
    expect((await whoIs(product, browser)).actor.kind).to.equal('member');
    expect((await browser.get('/sign-in/enrol')).headers.get('location')).to.equal('/console/events');

    const stored = JSON.stringify(await MemberModel.findOne({ _id: memberId }).lean());
    for (const text of [secret, ...codes]) expect(stored).to.not.include(text);
    for (const text of [secret, ...codes, email]) expect(product.logLines.join('')).to.not.include(text);

    const lost = await signInAttendee(product, email);
    expect((await lost.post(path, { recoveryCode: ` ${codes[3]?.toUpperCase()} ` })).status).to.equal(303);
    expect((await whoIs(product, lost)).actor.kind).to.equal('member');
    const again = await signInAttendee(product, email);
    const refused = await again.post(path, { recoveryCode: codes[3] ?? '' });
    expect(refused.status).to.equal(422);
    expect(await refused.text()).to.include('or it has been used');
    expect((await again.post(path, { recoveryCode: codes[4] ?? '' })).status).to.equal(303);
  });

  it('does not let a second person enrol over the first', async () => {
    const { memberId } = await seedMember(product, { totpSecret: null });
    const browsers = [await signInAttendee(product, email), await signInAttendee(product, email)];
    const secrets = await Promise.all(
      browsers.map(async (browser) => {
        const page = await (await browser.get('/sign-in/enrol')).text();
        return (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '');
      }),
    );
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        browser.post('/sign-in/enrol', { code: totpCode(product, secrets[index]) }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 303]);
    const who = await Promise.all(browsers.map((browser) => whoIs(product, browser)));
    expect(who.filter(({ actor }) => actor.kind === 'member')).to.have.length(1);
    expect((await MemberModel.findOne({ _id: memberId }).lean())?.recoveryCodeHashes).to.have.length(10);
  });

  it('asks whoever has not opened a link first to sign in', async () => {
    const stranger = new BrowserSession(product.url);
    for (const answer of [
      await stranger.get(path),
      await stranger.post(path, { code: '123456' }),
      await stranger.get('/sign-in/enrol'),
      await stranger.post('/sign-in/enrol', { code: '123456' }),
    ])
      expect(answer.headers.get('location')).to.equal('/sign-in');
  });

  it('waits fifteen minutes for it, no longer', async () => {
    await seedMember(product);
    const browser = await signInAttendee(product, email);
    product.clock.advance({ minutes: 15 });
    const late = await browser.post(path, { code: totpCode(product) });
    expect(late.headers.get('location')).to.equal('/sign-in');
    expect((await whoIs(product, browser)).actor.kind).to.equal('visitor');
  });

  it('takes away a member’s rights with the next request when the member is gone', async () => {
    const { memberId } = await seedMember(product);
    const browser = await signInMember(product);
    expect((await whoIs(product, browser)).actor.kind).to.equal('member');
    await MemberModel.deleteOne({ _id: memberId });
    expect((await whoIs(product, browser)).actor.kind).to.equal('visitor');
  });
});
