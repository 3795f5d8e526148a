import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { visitor } from '../../server/contracts/actor.ts';
import type { claimSeats } from '../../server/registrations/claim-seats.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SeatsModel } from '../../server/registrations/seats.model.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  brokenInvariants,
  cancel,
  confirmedCount,
  messagesAbout,
  openEvent,
  register,
  rush,
  seatsOf,
  stored,
  typed,
  type TestEvent,
} from './registering.ts';

const form = (email: string) => ({
  name: 'Somebody',
  email,
  organisation: '',
  jobTitle: '',
  accessNeeds: '',
  answers: [],
  consentIds: [],
  attempt: null,
});

describe('registering', () => {
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  it('takes a place and a seat, writes one message, and leads to the page that says so', async () => {
    const event = await openEvent(product);
    const person = new BrowserSession(product.url);
    const page = await person.postAndFollow(`${event.path}/register`, typed());
    expect(page.status).to.equal(200);
    expect(await page.text())
      .to.include('You’re in')
      .and.include('ada@example.org');
    const registration = await stored(event);
    expect(registration).to.include({ name: 'Ada Byron', status: 'confirmed', inviteSequence: 0 });
    expect(await seatsOf(event)).to.include({ taken: 1, remaining: 19 });
    expect(await messagesAbout(registration._id)).to.deep.equal(['registration:confirmed']);
  });

  it('gives out exactly the places there are when everybody comes at once, and tells the rest', async () => {
    const event = await openEvent(product, { capacity: 20 });
    const counts = await rush(product, event, 50);
    expect(Object.fromEntries(counts)).to.deep.equal({ 303: 20, 409: 30 });
    expect(await confirmedCount(event)).to.equal(20);
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });

  it('sells without limit where there is none', async () => {
    const event = await openEvent(product, { capacity: null });
    expect(Object.fromEntries(await rush(product, event, 30))).to.deep.equal({ 303: 30 });
    expect(await seatsOf(event)).to.include({ taken: 30, remaining: null });
  });

  it('stores an address once when its form comes twice at the same moment', async () => {
    const event = await openEvent(product);
    const answers = await Promise.all([1, 2, 3, 4].map(() => register(product, event)));
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303, 303]);
    expect(await RegistrationModel.countDocuments({ eventId: event.id })).to.equal(1);
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });

  describe('from several processes at once', () => {
    // Each call is a batch of its own, as another web process would run it: no queue between them.
    const batches = (event: TestEvent, claim?: typeof claimSeats) =>
      Promise.all(
        Array.from({ length: 4 }, (_, process) => {
          const people = Array.from({ length: 5 }, (_, index) => ({
            actor: visitor,
            form: form(`p${process}-${index}@example.org`),
          }));
          return takePlaces(event.id, people, product.deps, claim);
        }),
      );

    it('never sells one too many', async () => {
      const event = await openEvent(product, { capacity: 7 });
      const results = (await batches(event)).flat();
      expect(results.filter(({ ok }) => ok)).to.have.length(7);
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('stores an address once', async () => {
      const event = await openEvent(product);
      const same = [{ actor: visitor, form: form('same@example.org') }];
      const results = await Promise.all([1, 2, 3].map(() => takePlaces(event.id, same, product.deps)));
      expect(results.flat().map(({ ok }) => ok)).to.deep.equal([true, true, true]);
      expect(await seatsOf(event)).to.include({ taken: 1 });
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });

    it('would oversell without the guard, so these tests can see it', async () => {
      const event = await openEvent(product, { capacity: 7 });
      const unguarded = async (eventId: string, count: number) => {
        await SeatsModel.updateOne({ _id: eventId }, { $inc: { taken: count } });
        return true;
      };
      await batches(event, unguarded);
      expect(await confirmedCount(event)).to.be.above(7);
      expect((await brokenInvariants(event)).join()).to.include('confirmed of 7');
    });
  });

  describe('again', () => {
    it('shows a stranger the same page, byte for byte', async () => {
      const event = await openEvent(product);
      const answer = async () => {
        const person = new BrowserSession(product.url);
        const redirect = await person.post(`${event.path}/register`, typed());
        const page = await person.get(redirect.headers.get('location') ?? '');
        // How full the event is changed with the first one; everybody sees that on the event's own page.
        const html = (await page.text()).replace(/<figure class="in-plate">.*?<\/figure>/s, '');
        return { status: redirect.status, location: redirect.headers.get('location'), html };
      };
      expect(await answer()).to.deep.equal(await answer());
    });

    it('changes nothing and sends the place to its holder, at most once in ten minutes', async () => {
      const event = await openEvent(product);
      await register(product, event);
      await Promise.all([1, 2, 3].map(() => register(product, event, { name: 'Mallory' })));
      const { _id, name } = await stored(event);
      expect(name).to.equal('Ada Byron');
      const repeats = async () =>
        (await messagesAbout(_id)).filter((kind) => kind === 'registration:repeated').length;
      expect(await repeats()).to.equal(1);
      product.clock.advance({ minutes: 9 });
      await register(product, event);
      expect(await repeats()).to.equal(1);
      product.clock.advance({ minutes: 1 });
      await register(product, event);
      expect(await repeats()).to.equal(2);
    });

    it('does not tell by a sold-out event who has a place', async () => {
      const event = await openEvent(product, { capacity: 1 });
      await register(product, event);
      const [holder, stranger] = [
        await register(product, event),
        await register(product, event, { email: 'eve@example.org' }),
      ];
      expect([holder.status, stranger.status]).to.deep.equal([409, 409]);
      const withoutTyped = async (answer: Response) =>
        (await answer.text()).replace(/value="[^"]*"/g, 'value=""');
      expect(await withoutTyped(holder)).to.equal(await withoutTyped(stranger));
      expect(await messagesAbout((await stored(event))._id)).to.include('registration:repeated');
    });

    it('answers the same form sent twice as if it had been sent once', async () => {
      const event = await openEvent(product, { capacity: 1 });
      const once = typed();
      for (const session of [new BrowserSession(product.url), new BrowserSession(product.url)]) {
        const answer = await session.post(`${event.path}/register`, once);
        expect(answer.status).to.equal(303);
        expect(answer.headers.get('location')).to.equal(`${event.path}/registered`);
      }
      expect(await messagesAbout((await stored(event))._id)).to.deep.equal(['registration:confirmed']);
    });

    it('refuses other answers under the same attempt, with a sentence and everything typed', async () => {
      const event = await openEvent(product);
      const attempt = randomUUID();
      await register(product, event, { attempt });
      const answer = await register(product, event, { attempt, email: 'other@example.org', name: 'Other' });
      expect(answer.status).to.equal(409);
      const html = await answer.text();
      expect(html)
        .to.include('sent this form before with other answers')
        .and.include('value="other@example.org"');
      expect(html).not.to.include(attempt);
      expect(await confirmedCount(event)).to.equal(1);
    });

    it('opens a cancelled registration again with a new invite, also by the page that was gone back to', async () => {
      const event = await openEvent(product);
      const once = typed();
      const person = new BrowserSession(product.url);
      await person.post(`${event.path}/register`, once);
      const first = await stored(event);
      await cancel(product, first);
      await person.post(`${event.path}/register`, once);
      const again = await stored(event);
      expect(again).to.include({ _id: first._id, status: 'confirmed', inviteSequence: 0 });
      expect(again.inviteUid).not.to.equal(first.inviteUid);
      expect(await messagesAbout(first._id)).to.have.members([
        'registration:confirmed',
        'registration:cancelled',
        'viewing:ended',
        'registration:confirmed',
      ]);
      expect(await brokenInvariants(event)).to.deep.equal([]);
    });
  });

  describe('what is kept', () => {
    it('keeps access needs encrypted, for this registration alone', async () => {
      const event = await openEvent(product);
      await register(product, event, { accessNeeds: 'A sign language interpreter' });
      const raw = await RegistrationModel.collection.findOne({ eventId: event.id });
      expect(JSON.stringify(raw)).not.to.match(/interpreter/i);
      const { _id, accessNeeds } = await stored(event);
      expect(product.deps.secrets.decrypt(`access-needs ${_id}`, accessNeeds ?? '')).to.equal(
        'A sign language interpreter',
      );
      expect(() => product.deps.secrets.decrypt('access-needs another', accessNeeds ?? '')).to.throw();
    });

    it('keeps a consent with its wording, version, time and source, and none that was not given', async () => {
      const event = await openEvent(product);
      await register(product, event, { 'consent-news': 'yes' });
      await register(product, event, { email: 'bo@example.org' });
      expect((await stored(event)).consents).to.deep.equal([
        {
          consentId: 'news',
          wording: 'Send me news of later events',
          version: 3,
          isGiven: true,
          at: product.clock.now(),
          source: 'registration-form',
        },
      ]);
      expect((await stored(event, 'bo@example.org')).consents).to.deep.equal([]);
    });

    it('keeps the answers to the questions of the event', async () => {
      const event = await openEvent(product);
      await register(product, event, { 'answer-hope': 'Ideas', 'answer-topics': ['Pay', 'Skills'] });
      expect((await stored(event)).answers).to.deep.equal([
        { questionId: 'hope', values: ['Ideas'] },
        { questionId: 'sector', values: ['Council'] },
        { questionId: 'topics', values: ['Pay', 'Skills'] },
      ]);
    });

    it('logs nobody’s name or address', async () => {
      const event = await openEvent(product);
      await register(product, event, { name: 'Zebedee Quux', email: 'zebedee@example.org' });
      expect(product.logLines.filter((line) => /zebedee/i.test(line))).to.deep.equal([]);
    });
  });
});
