import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { findRecipientObstacle } from '../../server/suppressions/suppression.queries.ts';
import { SuppressionModel } from '../../server/suppressions/suppression.model.ts';
import { readUnsubscribeToken, unsubscribePath } from '../../server/suppressions/sign-unsubscribe-link.ts';
import { suppressAddress } from '../../server/suppressions/suppress-address.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { makeOrganiser, planEvent, system } from '../catalogue/planned-event.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';

const email = 'rhian@arrow.example';

describe('unsubscribing', () => {
  let product: Product;
  let organiserId: string;
  let path: string;
  let reader: BrowserSession;

  beforeEach(async () => {
    product = await openProduct({ worker: false });
    organiserId = await makeOrganiser(product);
    path = unsubscribePath({ organiserId, email }, product.deps);
    reader = new BrowserSession(product.url);
  });
  afterEach(() => product.close());

  const obstacle = (purpose: 'requested' | 'service' | 'marketing', of = organiserId, address = email) =>
    findRecipientObstacle({
      purpose,
      to: { name: 'Rhian', address },
      about: { organiserId: of, eventId: 'e1', registrationId: null },
    });

  it('changes nothing when the link is opened, and stops the news by one press', async () => {
    const page = await reader.get(path);
    expect(page.status).to.equal(200);
    expect(page.headers.get('cache-control')).to.include('no-store');
    expect(await page.text())
      .to.include('Housing Network')
      .and.include(email)
      .and.include(`action="${path}"`);
    await fetch(product.url + path, { method: 'HEAD' });
    expect(await obstacle('marketing')).to.equal(null);
    const done = await reader.post(path, {});
    expect(done.status).to.equal(200);
    expect(await done.text())
      .to.include('Done. You get no more news')
      .and.include(`action="${path}/again"`);
    expect(await obstacle('marketing')).to.equal('unsubscribed');
  });

  it('stops the marketing of that organiser to that address and nothing else', async () => {
    const other = await makeOrganiser(product, 'other-network');
    await reader.post(path, {});
    expect(await obstacle('marketing', organiserId, 'Rhian@Arrow.example')).to.equal('unsubscribed');
    expect(await obstacle('marketing', other)).to.equal(null);
    expect(await obstacle('marketing', organiserId, 'tom@arrow.example')).to.equal(null);
    expect(await obstacle('service')).to.equal(null);
    expect(await obstacle('requested')).to.equal(null);
  });

  it('takes the one-click post of a mail provider: no cookie, from anywhere, in either form, without a redirect', async () => {
    const bodies: [string, string][] = [
      ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      ],
    ];
    for (const [contentType, body] of bodies) {
      await SuppressionModel.deleteMany({});
      const answer = await fetch(product.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': contentType,
          origin: 'https://mail.example',
          'sec-fetch-site': 'cross-site',
        },
        body,
      });
      expect(answer.status, contentType).to.equal(200);
      expect(answer.headers.get('set-cookie')).to.equal(null);
      expect(await obstacle('marketing'), contentType).to.equal('unsubscribed');
    }
    expect(await postBare(product.url + path), 'no body and no headers at all').to.equal(200);
  });

  it('counts once, however often and at once it is asked', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => new BrowserSession(product.url).post(path, {})),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect(await SuppressionModel.countDocuments()).to.equal(1);
    expect(await AuditEntryModel.countDocuments({ action: 'suppression:unsubscribed' })).to.equal(1);
  });

  it('has a way back, which another site cannot press', async () => {
    await reader.post(path, {});
    const foreign = await reader.post(`${path}/again`, {}, { origin: 'https://evil.example' });
    expect(foreign.status).to.equal(403);
    expect(await obstacle('marketing')).to.equal('unsubscribed');
    const back = await reader.postAndFollow(`${path}/again`, {});
    expect(await back.text()).to.include('You get the news again');
    expect(await obstacle('marketing')).to.equal(null);
    expect(await AuditEntryModel.countDocuments({ action: 'suppression:lifted' })).to.equal(1);
    await reader.post(`${path}/again`, {});
    expect(await AuditEntryModel.countDocuments({ action: 'suppression:lifted' })).to.equal(1);
  });

  it('does not let the way back lift a bounce or a complaint', async () => {
    const { deps } = product;
    await suppressAddress(system, { kind: 'complaint', organiserId: '', email, detail: 'abuse' }, deps);
    await suppressAddress(system, { kind: 'undeliverable', organiserId: '', email, detail: '5.1.1' }, deps);
    await reader.post(path, {});
    await reader.post(`${path}/again`, {});
    expect(await obstacle('service')).to.equal('suppressed');
    expect(await SuppressionModel.countDocuments()).to.equal(2);
  });

  it('is not there for a token that was changed, cut, made up or meant for something else', async () => {
    const token = path.slice('/unsubscribe/'.length);
    const flipped = token.slice(0, 60) + (token[60] === 'A' ? 'B' : 'A') + token.slice(61);
    const foreign = product.deps.secrets.encrypt('sign-in-mail', JSON.stringify({ organiserId, email }));
    const strange = product.deps.secrets.encrypt('unsubscribe', JSON.stringify({ organiserId, admin: true }));
    const gone = unsubscribePath({ organiserId: 'nobody', email }, product.deps).slice(
      '/unsubscribe/'.length,
    );
    const wrong = [
      flipped,
      token.slice(0, 20),
      'v1.a.b.c',
      'v1...',
      'x',
      '__proto__',
      '%00',
      foreign,
      strange,
      gone,
    ];
    for (const bad of wrong) {
      for (const answer of [
        await reader.get(`/unsubscribe/${bad}`),
        await reader.post(`/unsubscribe/${bad}`, {}),
        await reader.post(`/unsubscribe/${bad}/again`, {}),
      ])
        expect(answer.status, bad).to.equal(404);
    }
    expect(await SuppressionModel.countDocuments()).to.equal(0);
  });

  it('has no address in its path, and none in the log', async () => {
    expect(path).to.match(/^\/unsubscribe\/[\w.-]+$/);
    expect(Buffer.from(path, 'base64url').toString('latin1')).to.not.include('rhian');
    await reader.post(path, {});
    const log = product.logLines.join('\n');
    expect(log).to.not.include('rhian').and.not.include(path.slice(20, 60));
    expect(readUnsubscribeToken(path.slice('/unsubscribe/'.length), product.deps)).to.deep.equal({
      organiserId,
      email,
    });
  });

  describe('and consenting anew', () => {
    const consents = [{ purpose: 'Newsletter', wording: 'Write to me once a month.' }];
    const place = (consentIds: readonly string[]) => ({
      actor: { kind: 'visitor' } as const,
      form: {
        name: 'Rhian',
        email,
        organisation: '',
        jobTitle: '',
        accessNeeds: '',
        answers: [],
        consentIds,
        attempt: null,
      },
    });

    it('comes back with a registration that ticks the box, not with one that does not', async () => {
      const first = await planEvent(product, organiserId, { consents });
      const second = await planEvent(product, organiserId, { consents, slug: 'second' });
      await reader.post(path, {});
      await takePlaces(first.eventId, [place([])], product.deps);
      expect(await obstacle('marketing')).to.equal('unsubscribed');
      await takePlaces(second.eventId, [place(['newsletter'])], product.deps);
      expect(await obstacle('marketing')).to.equal(null);
    });

    it('takes a complaint back on the holder’s own page, not by a form that anybody can send', async () => {
      const first = await planEvent(product, organiserId, { consents });
      const second = await planEvent(product, organiserId, { consents, slug: 'second' });
      const [taken] = await takePlaces(first.eventId, [place([])], product.deps);
      if (!taken?.ok) throw new Error('No place');
      const complaint = { kind: 'complaint', organiserId: '', email, detail: 'abuse' } as const;
      await suppressAddress(system, complaint, product.deps);
      await takePlaces(second.eventId, [place(['newsletter'])], product.deps);
      expect(await obstacle('service')).to.equal('suppressed');
      const holder = await signInAttendee(product, email);
      await holder.post(`/registrations/${taken.registrationId}/consents`, { 'consent-newsletter': 'yes' });
      expect(await obstacle('service')).to.equal(null);
    });

    it('comes back with the box on the holder’s own page, and leaves by unticking nothing twice', async () => {
      const { eventId } = await planEvent(product, organiserId, { consents });
      const [taken] = await takePlaces(eventId, [place([])], product.deps);
      if (!taken?.ok) throw new Error('No place');
      await reader.post(path, {});
      const holder = await signInAttendee(product, email);
      const own = `/registrations/${taken.registrationId}/consents`;
      expect((await holder.post(own, {})).status).to.equal(303);
      expect(await obstacle('marketing'), 'nothing was ticked').to.equal('unsubscribed');
      await holder.post(own, { 'consent-newsletter': 'yes' });
      expect(await obstacle('marketing')).to.equal(null);
      await reader.post(path, {});
      await holder.post(own, { 'consent-newsletter': 'yes' });
      expect(await obstacle('marketing'), 'it was ticked before').to.equal('unsubscribed');
    });
  });
});

function postBare(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}
