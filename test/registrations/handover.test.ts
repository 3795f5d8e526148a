import { expect } from 'chai';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { confirmEmailPath, joinPath, managePath } from '../../server/registrations/sign-links.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  brokenInvariants,
  cancel,
  confirmedCount,
  holderOf,
  messagesAbout,
  openEvent,
  register,
  seatsOf,
  stored,
  type TestEvent,
} from './registering.ts';

describe('handing a place over', () => {
  let product: Product;
  let event: TestEvent;
  let holder: BrowserSession;
  let path: string;
  beforeEach(async () => {
    product ??= await openProduct({ worker: false });
    event = await openEvent(product, { capacity: 2 });
    await register(product, event, { accessNeeds: 'Captions', 'consent-news': 'yes' });
    const registration = await stored(event);
    holder = await holderOf(product, registration);
    path = `/registrations/${registration._id}`;
  });
  after(() => product.close());

  const payloadOf = async (kind: string, registrationId: string) =>
    (await OutboxEntryModel.findOne({ kind, 'payload.registrationId': registrationId }).lean())?.payload as
      Record<string, unknown> | undefined;

  describe('to a colleague', () => {
    const colleague = { name: 'Bo Lind', email: 'bo@example.org' };

    it('moves the seat and nothing that the first holder said', async () => {
      const before = await stored(event);
      expect((await holder.post(`${path}/pass-on`, colleague)).status).to.equal(303);
      const after = await stored(event, 'bo@example.org');
      expect(after).to.include({ name: 'Bo Lind', status: 'confirmed', accessNeeds: null, jobTitle: '' });
      expect(after.consents).to.deep.equal([]);
      expect(after.answers).to.deep.equal([]);
      expect(await stored(event)).to.include({ status: 'cancelled', isPassedOn: true });
      expect(await seatsOf(event)).to.include({ taken: 1, remaining: 1 });
      expect(await payloadOf('registration:passed-on', after._id)).to.deep.equal({
        registrationId: after._id,
        inviteUid: after.inviteUid,
        previousEmail: 'ada@example.org',
        previousName: 'Ada Byron',
        previousUid: before.inviteUid,
        previousSequence: 1,
      });
      expect(await (await holder.get(path)).text()).to.include('You passed your place on');
    });

    it('ends the links of the first holder', async () => {
      const before = await stored(event);
      await holder.post(`${path}/pass-on`, colleague);
      const answer = await new BrowserSession(product.url).post(joinPath(before, product.deps), {});
      expect(answer.status).to.equal(410);
      expect((await holder.post(`${path}/pass-on`, { name: 'Cy', email: 'cy@example.org' })).status).to.equal(
        410,
      );
    });

    it('is refused without saying whether the colleague has a place', async () => {
      await register(product, event, { email: 'bo@example.org' });
      const answer = await holder.post(`${path}/pass-on`, colleague);
      expect(answer.status).to.equal(409);
      const html = await answer.text();
      expect(html).to.include('We cannot move your place to this address').and.include('value="Bo Lind"');
      expect(html).not.to.match(/already|registered/i);
      expect((await stored(event)).status).to.equal('confirmed');
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('is limited, so that nobody can try addresses', async () => {
      await register(product, event, { email: 'bo@example.org' });
      const statuses: number[] = [];
      for (let index = 0; index < 11; index += 1)
        statuses.push((await holder.post(`${path}/pass-on`, colleague)).status);
      expect(statuses.slice(0, 10)).to.deep.equal(Array(10).fill(409));
      expect(statuses[10]).to.equal(429);
    });

    it('opens the colleague’s cancelled registration again', async () => {
      await register(product, event, { email: 'bo@example.org', 'consent-news': 'yes' });
      const cancelled = await stored(event, 'bo@example.org');
      await cancel(product, cancelled);
      await holder.post(`${path}/pass-on`, colleague);
      const after = await stored(event, 'bo@example.org');
      expect(after).to.include({ _id: cancelled._id, status: 'confirmed' });
      expect(after.inviteUid).not.to.equal(cancelled.inviteUid);
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('refuses one’s own address, and what is no address', async () => {
      for (const email of ['ADA@example.org', 'bo']) {
        const answer = await holder.post(`${path}/pass-on`, { name: 'Bo Lind', email });
        expect(answer.status).to.equal(422);
        expect(await answer.text()).to.include('value="Bo Lind"');
      }
    });

    it('happens once when two windows pass it to two people', async () => {
      const answers = await Promise.all([
        holder.post(`${path}/pass-on`, colleague),
        holder.post(`${path}/pass-on`, { name: 'Cy', email: 'cy@example.org' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 410]);
      expect(await confirmedCount(event)).to.equal(1);
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('does not happen after the event', async () => {
      const over = await openEvent(product, { endsAt: new Date('2026-11-25T12:00:00Z') });
      await register(product, over);
      const registration = await stored(over);
      const late = await holderOf(product, registration);
      product.clock.advance({ days: 2 });
      const again = await holderOf(product, registration);
      const answer = await again.post(`/registrations/${registration._id}/pass-on`, colleague);
      expect(answer.status).to.equal(410);
      expect((await late.get('/events')).status).to.be.below(500);
      product.clock.set('2026-11-24T12:00:00Z');
    });
  });

  describe('to another address', () => {
    const ask = async (email: string) => {
      const answer = await holder.post(`${path}/change-email`, { email });
      const link = confirmEmailPath(await stored(event), product.deps) ?? '';
      return { answer, link };
    };

    it('waits for the owner of the new address to press, and moves the place then', async () => {
      const before = await stored(event);
      const { answer, link } = await ask('new@example.org');
      expect(await answer.text()).to.include('new@example.org');
      expect(await messagesAbout(before._id)).to.include('registration:email-change-requested');

      const owner = new BrowserSession(product.url);
      expect(await (await owner.get(link)).text()).to.include('Use this email');
      expect((await stored(event)).email).to.equal('ada@example.org');

      const moved = await owner.postAndFollow(link, {});
      expect(await moved.text()).to.include('moved to this address');
      const after = await stored(event, 'new@example.org');
      expect(after).to.include({ _id: before._id, passVersion: 2, inviteSequence: 0, emailChange: null });
      expect(after.inviteUid).not.to.equal(before.inviteUid);
      expect(await payloadOf('registration:email-changed', before._id)).to.include({
        previousEmail: 'ada@example.org',
        previousUid: before.inviteUid,
      });
      expect((await new BrowserSession(product.url).get(managePath(before, product.deps))).status).to.equal(
        410,
      );
      expect((await holder.get(path)).status).to.not.equal(200);
    });

    it('works once, for a day, and only for the newest request', async () => {
      const owner = new BrowserSession(product.url);
      const first = await ask('one@example.org');
      const second = await ask('two@example.org');
      expect((await owner.post(first.link, {})).status).to.equal(410);
      expect((await owner.post(second.link.slice(0, -3), {})).status).to.equal(410);
      product.clock.advance({ hours: 25 });
      const late = await owner.post(second.link, {});
      expect(late.status).to.equal(410);
      expect(await late.text()).to.include('more than a day old');
      holder = await holderOf(product, await stored(event));
      const third = await ask('three@example.org');
      expect((await owner.post(third.link, {})).status).to.equal(303);
      expect((await owner.post(third.link, {})).status).to.equal(410);
      product.clock.set('2026-11-24T12:00:00Z');
    });

    it('tells nobody but its owner that an address has a place of its own', async () => {
      await register(product, event, { email: 'taken@example.org' });
      const free = await ask('free@example.org');
      const { answer, link } = await ask('taken@example.org');
      expect((await free.answer.text()).replaceAll('free@', '')).to.equal(
        (await answer.text()).replaceAll('taken@', ''),
      );
      const refused = await new BrowserSession(product.url).post(link, {});
      expect(refused.status).to.equal(409);
      expect(await refused.text()).to.include('has a place of its own');
      expect((await stored(event)).status).to.equal('confirmed');
    });

    it('takes over a cancelled registration of the same address, with what it consented to', async () => {
      await register(product, event, { email: 'old@example.org', 'consent-news': 'yes' });
      await cancel(product, await stored(event, 'old@example.org'));
      const { link } = await ask('old@example.org');
      await new BrowserSession(product.url).post(link, {});
      const merged = await stored(event, 'old@example.org');
      expect(merged.status).to.equal('confirmed');
      expect(merged.consents).to.have.length(2);
      expect(await RegistrationModel.countDocuments({ eventId: event.id })).to.equal(1);
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('cannot fill the mailbox of a stranger', async () => {
      for (let index = 0; index < 5; index += 1) await ask('stranger@example.org');
      expect((await holder.post(`${path}/change-email`, { email: 'stranger@example.org' })).status).to.equal(
        429,
      );
    });
  });
});
