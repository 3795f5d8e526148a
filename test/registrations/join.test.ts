import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { registrationJobs } from '../../server/registrations/registration.jobs.ts';
import { findRegistrationForViewer } from '../../server/registrations/registration.queries.ts';
import type { Registration } from '../../server/registrations/registration.model.ts';
import { joinPath, managePath } from '../../server/registrations/sign-links.ts';
import { resolveSignIns } from '../../server/sign-ins/resolve-sign-ins.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';
import {
  cancel,
  holderOf,
  messagesAbout,
  openEvent,
  register,
  stored,
  type TestEvent,
} from './registering.ts';

describe('personal links', () => {
  let product: Product;
  let event: TestEvent;
  let registration: Registration;
  let link: string;
  beforeEach(async () => {
    product ??= await openProduct({ worker: false });
    event = await openEvent(product);
    await register(product, event);
    registration = await stored(event);
    link = joinPath(registration, product.deps);
  });
  after(() => product.close());

  const viewer = async (browser: BrowserSession, eventId = event.id) => {
    const { actor, passes } = await resolveSignIns(browser.cookieHeader(), product.deps);
    return findRegistrationForViewer(eventId, actor, passes);
  };

  it('open nothing by being looked at, as mail scanners do', async () => {
    const scanner = new BrowserSession(product.url);
    expect(await (await scanner.get(link)).text()).to.include('Welcome, Ada Byron');
    expect((await scanner.get(managePath(registration, product.deps))).status).to.equal(200);
    expect(scanner.cookieHeader()).to.equal('');
    expect(await viewer(scanner)).to.equal(null);
  });

  it('open the live room of one event after one press, and nothing else', async () => {
    const browser = new BrowserSession(product.url);
    const answer = await browser.post(link, {});
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`${event.path}/live`);
    expect(await viewer(browser)).to.deep.equal({
      registrationId: registration._id,
      name: 'Ada Byron',
      hasEntered: false,
      organisation: '',
    });
    expect(await viewer(browser, (await openEvent(product)).id)).to.equal(null);
    for (const page of ['', '/cancel', '/pass-on', '/change-email'])
      expect((await browser.get(`/registrations/${registration._id}${page}`)).status).to.equal(303);
    expect((await browser.post(`/registrations/${registration._id}/cancel`, {})).status).to.equal(401);
    expect((await browser.get('/account')).status).to.equal(303);
  });

  it('are needed to watch: the link to change a place opens no room, but its page leads to the one that does', async () => {
    const browser = new BrowserSession(product.url);
    await browser.post(managePath(registration, product.deps), {});
    expect(await viewer(browser)).to.equal(null);
    expect(await (await browser.get(`/registrations/${registration._id}`)).text()).to.include(
      `href="${link}"`,
    );
  });

  it('let a signed-in person in without a link, and nobody who has no place', async () => {
    expect(await viewer(await signInAttendee(product, 'ada@example.org'))).to.include({ name: 'Ada Byron' });
    expect(await viewer(await signInAttendee(product, 'eve@example.org'))).to.equal(null);
  });

  it('keep to two devices: the third is asked, and lets the first go', async () => {
    const devices = [1, 2, 3].map(() => new BrowserSession(product.url));
    const [first, second, third] = devices as [BrowserSession, BrowserSession, BrowserSession];
    await first.post(link, {});
    await first.post(link, {});
    expect(await (await second.get(link)).text()).not.to.include('already open');
    await second.post(link, {});
    expect(await (await third.get(link)).text()).to.include('already open on two devices');
    await third.post(link, {});
    expect(await viewer(first)).to.equal(null);
    expect(await viewer(second)).not.to.equal(null);
    expect(await viewer(third)).not.to.equal(null);
  });

  it('say so when they are truncated, made up or for another purpose', async () => {
    const browser = new BrowserSession(product.url);
    const [id, signature] = link.slice('/join/'.length).split('.') as [string, string];
    const manageSignature = managePath(registration, product.deps).split('/').at(-1);
    for (const token of [
      `${id}.${signature.slice(0, -1)}`,
      `${id}.`,
      id,
      `${id}.${signature}x`,
      `.${signature}`,
      `${event.id}.${signature}`,
      `${id}.${manageSignature}`,
      '%00',
    ]) {
      for (const answer of [await browser.get(`/join/${token}`), await browser.post(`/join/${token}`, {})]) {
        expect(answer.status, token).to.equal(410);
        expect(await answer.text(), token)
          .to.include('newest mail')
          .and.not.include('Ada');
      }
    }
    const swapped = `/registrations/${id}/open/${signature}`;
    expect((await browser.post(swapped, {})).status).to.equal(410);
    expect(browser.cookieHeader()).to.equal('');
  });

  it('end when the place is cancelled, on the devices that are in too, and stay ended after a new registration', async () => {
    const browser = new BrowserSession(product.url);
    await browser.post(link, {});
    await cancel(product, registration);
    expect(await viewer(browser)).to.equal(null);
    expect((await browser.post(link, {})).status).to.equal(410);
    await register(product, event);
    expect((await browser.post(link, {})).status).to.equal(410);
    expect((await browser.post(joinPath(await stored(event), product.deps), {})).status).to.equal(303);
  });

  it('can be replaced by their holder, who gets new ones and stays in at this browser', async () => {
    const stranger = new BrowserSession(product.url);
    await stranger.post(link, {});
    const holder = await holderOf(product, registration);
    const page = await holder.postAndFollow(`/registrations/${registration._id}/replace-links`, {});
    expect(page.status).to.equal(200);
    expect(await page.text()).to.include('no longer work');
    expect(await viewer(stranger)).to.equal(null);
    expect((await stranger.post(link, {})).status).to.equal(410);
    expect((await stranger.post(managePath(registration, product.deps), {})).status).to.equal(410);
    expect(await messagesAbout(registration._id)).to.include('registration:links-replaced');
    expect((await stranger.post(joinPath(await stored(event), product.deps), {})).status).to.equal(303);
  });

  it('arrive new in a mail when they are replaced', async () => {
    const holder = await holderOf(product, registration);
    await holder.post(`/registrations/${registration._id}/replace-links`, {});
    const context = { at: product.clock.now(), entryId: 'entry', deps: product.deps };
    const deliver = (passVersion: number) =>
      product.deps.transaction(() =>
        registrationJobs['registration:links-replaced'](
          { registrationId: registration._id, passVersion },
          context,
        ),
      );
    // The first was overtaken by a second replacement and must not send links that do not work.
    await deliver(1);
    await deliver(2);
    const mails = await OutboxEntryModel.find({
      kind: 'mail:ready',
      'payload.messageId': `links-replaced.${registration.inviteUid}.2`,
    }).lean();
    expect(mails).to.have.length(1);
    const { text, invite } = mails[0]?.payload as { text: string; invite: { ics: string } };
    expect(text)
      .to.include(joinPath(await stored(event), product.deps))
      .and.not.include(link);
    expect(invite.ics).to.include('SEQUENCE:1');
  });

  it('are over when the event is, and gone when it is cancelled', async () => {
    const browser = new BrowserSession(product.url);
    await EventModel.updateOne({ _id: event.id }, { $set: { endsAt: new Date('2026-11-24T08:00:00Z') } });
    expect(await (await browser.get(link)).text()).to.include('This event is over');
    expect((await browser.post(link, {})).status).to.equal(410);
    await EventModel.updateOne({ _id: event.id }, { $set: { status: 'cancelled' } });
    expect((await browser.post(link, {})).status).to.equal(410);
  });
});
