import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { Actor } from '../../server/contracts/actor.ts';
import { AppError } from '../../server/contracts/problem.ts';
import { cancelRegistration } from '../../server/registrations/cancel-registration.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';
import {
  brokenInvariants,
  holderOf,
  messagesAbout,
  openEvent,
  register,
  seatsOf,
  stored,
  type TestEvent,
} from './registering.ts';

const details = (fields: Record<string, string | readonly string[]> = {}) => ({
  name: 'Ada Byron',
  'answer-sector': 'Council',
  revision: '1',
  ...fields,
});

describe('one’s own place', () => {
  let product: Product;
  let event: TestEvent;
  beforeEach(async () => {
    product ??= await openProduct({ worker: false });
    event = await openEvent(product);
    await register(product, event, { accessNeeds: 'Captions', 'consent-news': 'yes' });
  });
  after(() => product.close());

  it('is open to its holder by signing in, and by the link in the mail', async () => {
    const { _id } = await stored(event);
    for (const browser of [
      await signInAttendee(product, 'ada@example.org'),
      await holderOf(product, await stored(event)),
    ]) {
      const page = await browser.get(`/registrations/${_id}`);
      expect(page.status).to.equal(200);
      expect(await page.text())
        .to.include('value="Ada Byron"')
        .and.include('Captions');
    }
  });

  it('does not exist for anybody else, whatever they try', async () => {
    const { _id } = await stored(event);
    await register(product, event, { email: 'eve@example.org' });
    // The second holds nothing but the link to a place of her own, and is asked to sign in.
    const outsiders = [
      { browser: await signInAttendee(product, 'eve@example.org'), seen: 404, done: 404 },
      { browser: await holderOf(product, await stored(event, 'eve@example.org')), seen: 303, done: 401 },
    ];
    const tries: [string, Record<string, string>][] = [
      ['', details({ name: 'Eve' })],
      ['/cancel', {}],
      ['/pass-on', { name: 'Eve', email: 'mallory@example.org' }],
      ['/change-email', { email: 'mallory@example.org' }],
      ['/replace-links', {}],
      ['/consents', {}],
    ];
    for (const { browser, seen, done } of outsiders) {
      for (const [page, fields] of tries) {
        const path = `/registrations/${_id}${page}`;
        expect((await browser.get(path)).status, path).to.equal(/links|consents/.test(page) ? 404 : seen);
        expect((await browser.post(path, fields)).status, path).to.equal(done);
      }
    }
    expect(await stored(event)).to.include({ name: 'Ada Byron', status: 'confirmed', passVersion: 1 });
  });

  it('asks a visitor to sign in, the same for a place that is there and one that is not', async () => {
    const visitor = new BrowserSession(product.url);
    for (const id of [(await stored(event))._id, randomUUID()]) {
      const answer = await visitor.get(`/registrations/${id}`);
      expect(answer.status).to.equal(303);
      expect(answer.headers.get('location')).to.match(/^\/sign-in/);
      expect((await visitor.post(`/registrations/${id}/cancel`, {})).status).to.equal(401);
    }
  });

  describe('changing details', () => {
    it('saves them, keeps what was encrypted unreadable, and says so', async () => {
      const registration = await stored(event);
      const holder = await holderOf(product, registration);
      const page = await holder.postAndFollow(
        `/registrations/${registration._id}`,
        details({ name: 'Ada Lovelace', accessNeeds: 'Large print', 'answer-topics': 'Pay' }),
      );
      expect(await page.text())
        .to.include('Your details are saved.')
        .and.include('Large print');
      const changed = await stored(event);
      expect(changed).to.include({ name: 'Ada Lovelace', revision: 2 });
      expect(changed.answers).to.deep.include({ questionId: 'topics', values: ['Pay'] });
      const rows = await AuditEntryModel.find({
        'subject.id': registration._id,
        action: 'registration:changed',
      }).lean();
      expect(rows).to.have.length(1);
      expect(JSON.stringify(rows)).not.to.match(/Lovelace|Large print/);
    });

    it('adds a row when a consent is withdrawn, and when it is given again', async () => {
      const registration = await stored(event);
      const holder = await holderOf(product, registration);
      const path = `/registrations/${registration._id}`;
      product.clock.advance({ minutes: 5 });
      await holder.post(path, details());
      await holder.post(path, details({ revision: '2', 'consent-news': 'yes' }));
      const rows = (await stored(event)).consents;
      expect(rows.map(({ isGiven, source }) => [isGiven, source])).to.deep.equal([
        [true, 'registration-form'],
        [false, 'registration-page'],
        [true, 'registration-page'],
      ]);
      expect(rows[1]?.at).to.deep.equal(product.clock.now());
    });

    it('says what changed elsewhere instead of writing over it, and then lets one save', async () => {
      const registration = await stored(event);
      const path = `/registrations/${registration._id}`;
      const [phone, desk] = [
        await holderOf(product, registration),
        await signInAttendee(product, 'ada@example.org'),
      ];
      await phone.post(path, details({ jobTitle: 'Engineer' }));
      const answer = await desk.post(path, details({ jobTitle: 'Analyst' }));
      expect(answer.status).to.equal(409);
      const html = await answer.text();
      expect(html).to.include('Job title is now “Engineer”').and.include('value="Analyst"');
      expect((await stored(event)).jobTitle).to.equal('Engineer');
      const revision = /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
      expect((await desk.post(path, details({ jobTitle: 'Analyst', revision }))).status).to.equal(303);
      expect((await stored(event)).jobTitle).to.equal('Analyst');
    });

    it('refuses what the form refuses, with everything typed', async () => {
      const registration = await stored(event);
      const holder = await holderOf(product, registration);
      const path = `/registrations/${registration._id}`;
      const answer = await holder.post(
        path,
        details({ name: '', jobTitle: 'Analyst', email: 'x@y.example' }),
      );
      expect(answer.status).to.equal(422);
      expect(await answer.text())
        .to.include('Enter your full name')
        .and.include('value="Analyst"');
      expect((await stored(event)).revision).to.equal(1);
    });
  });

  describe('cancelling', () => {
    it('gives back one seat however often and from however many windows it is pressed', async () => {
      const registration = await stored(event);
      const holder = await holderOf(product, registration);
      const path = `/registrations/${registration._id}/cancel`;
      const answers = await Promise.all([1, 2, 3].map(() => holder.post(path, {})));
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
      expect(await (await holder.get(path)).text()).to.include('Your place is cancelled');
      expect(await seatsOf(event)).to.include({ taken: 0, remaining: 20 });
      expect(await messagesAbout(registration._id)).to.have.members([
        'registration:confirmed',
        'registration:cancelled',
        'viewing:ended',
      ]);
      expect((await stored(event)).inviteSequence).to.equal(1);
    });

    it('lets somebody else have the place at once', async () => {
      const full = await openEvent(product, { capacity: 1 });
      await register(product, full);
      expect((await register(product, full, { email: 'bo@example.org' })).status).to.equal(409);
      const registration = await stored(full);
      const holder = await holderOf(product, registration);
      await holder.post(`/registrations/${registration._id}/cancel`, {});
      expect((await register(product, full, { email: 'bo@example.org' })).status).to.equal(303);
      expect(await brokenInvariants(full)).to.deep.equal([]);
    });

    it('ends the form for details and the live room’s door', async () => {
      const registration = await stored(event);
      const holder = await holderOf(product, registration);
      await holder.post(`/registrations/${registration._id}/cancel`, {});
      const page = await (await holder.get(`/registrations/${registration._id}`)).text();
      expect(page).to.include('Your place is cancelled').and.include('Register again');
      expect((await holder.post(`/registrations/${registration._id}`, details())).status).to.equal(410);
      expect((await holder.get(`/registrations/${registration._id}/pass-on`)).status).to.equal(410);
    });
  });

  it('lets a consent be withdrawn after the event, and when the place is cancelled', async () => {
    const registration = await stored(event);
    const path = `/registrations/${registration._id}`;
    const holder = await holderOf(product, registration);
    await holder.post(`${path}/cancel`, {});
    expect(await (await holder.get(path)).text())
      .to.include('Send me news')
      .and.include('Save my choice');
    const page = await holder.postAndFollow(`${path}/consents`, {});
    expect(await page.text()).to.include('Your choice is saved.');
    await holder.post(`${path}/consents`, {});
    expect((await stored(event)).consents.map(({ isGiven }) => isGiven)).to.deep.equal([true, false]);
    expect((await holder.post(`${path}/consents`, { 'consent-other': 'yes' })).status).to.equal(422);
  });

  it('can be cancelled by members of its organiser who may, and by no other', async () => {
    const registration = await stored(event);
    const member = (organiserId: string, role: 'organiser' | 'viewer') => ({
      kind: 'member' as const,
      memberId: randomUUID(),
      organiserId,
      role,
      email: 'olivia@council.example',
      signInId: randomUUID(),
    });
    const cancelAs = (actor: Actor) =>
      cancelRegistration(actor, { registrationId: registration._id }, product.deps).catch(
        (error: unknown) => error,
      );
    expect(await cancelAs(member(event.organiserId, 'viewer'))).to.be.instanceOf(AppError);
    expect(await cancelAs(member(randomUUID(), 'organiser'))).to.be.instanceOf(AppError);
    expect((await stored(event)).status).to.equal('confirmed');
    expect(await cancelAs(member(event.organiserId, 'organiser'))).to.deep.equal({
      ok: true,
      isRepeat: false,
    });
  });

  it('survives ids that are no ids', async () => {
    const person = await signInAttendee(product, 'ada@example.org');
    for (const id of ['%00', '..%2F..', 'x'.repeat(2000), '%7B%22$gt%22:1%7D'])
      expect((await person.get(`/registrations/${id}`)).status, id).to.equal(404);
    expect(await RegistrationModel.countDocuments({ eventId: event.id })).to.equal(1);
  });
});
