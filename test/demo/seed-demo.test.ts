import { expect } from 'chai';
import { trusted } from 'mongoose';
import type { Deps } from '../../server/deps.ts';
import { seedDemo } from '../../server/demo/seed-demo.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { wallTimeOfInstant } from '../../server/platform/time/wall-time.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SeatsModel } from '../../server/registrations/seats.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('the demo', () => {
  let product: Product;
  let lines: string;

  before(async () => {
    product = await openProduct({ now: '2026-11-24T15:07:00Z', worker: false });
    lines = (await seedDemo(product.deps)) ?? '';
  });
  after(() => product.close());

  const bySlug = async (slug: string) => {
    const event = await EventModel.findOne({ slug }).lean();
    if (!event) throw new Error(`No ${slug}`);
    return event;
  };

  it('holds the past events on their days, over and to be watched again', async () => {
    const learning = await bySlug('learning-and-development-2022');
    const decarbonisation = await bySlug('public-sector-decarbonisation-2023');
    expect(learning.title).to.equal('Learning & Development');
    expect(decarbonisation.title).to.equal('PSE365: Public Sector Decarbonisation');
    expect(learning.startsAtLocal).to.match(/^2022-02-03T/);
    expect(decarbonisation.startsAtLocal).to.match(/^2023-03-21T/);
    for (const event of [learning, decarbonisation]) {
      expect(event.isOnDemand).to.equal(true);
      const sessions = await SessionModel.find({ eventId: event._id }).lean();
      expect(sessions.filter(({ kind, state }) => kind !== 'break' && state !== 'ended')).to.deep.equal([]);
    }
  });

  it('holds the next editions of both in the coming weeks, on weekdays', async () => {
    for (const slug of ['learning-and-development', 'public-sector-decarbonisation']) {
      const event = await bySlug(slug);
      const days = (event.startsAt.getTime() - product.clock.now().getTime()) / 86_400_000;
      expect(days, slug).to.be.within(7, 60);
      expect(event.startsAt.getUTCDay(), slug).to.be.within(1, 5);
    }
  });

  it('gives each full day a dozen speakers and agendas without a clash', async () => {
    for (const event of await EventModel.find({ slug: trusted({ $ne: 'procurement-clinic' }) }).lean()) {
      const sessions = await SessionModel.find({ eventId: event._id }).sort({ startsAt: 1 }).lean();
      const speakers = new Set(sessions.flatMap(({ speakerIds }) => speakerIds));
      expect(speakers.size, event.slug).to.be.at.least(12);
      expect(await SpeakerModel.countDocuments({ _id: trusted({ $in: [...speakers] }) })).to.equal(
        speakers.size,
      );
      for (const stage of event.stages) {
        const own = sessions.filter(({ stageId }) => !stageId || stageId === stage.id);
        own.forEach((session, index) => {
          const next = own[index + 1];
          if (next) expect(session.endsAt <= next.startsAt, session.title).to.equal(true);
        });
      }
      expect(sessions.at(-1)?.endsAt.getTime()).to.equal(event.endsAt.getTime());
    }
  });

  it('is on today with one session live and the rest moving by itself', async () => {
    const event = await bySlug('digital-services-today');
    const sessions = await SessionModel.find({ eventId: event._id }).lean();
    const live = sessions.filter(({ state }) => state === 'live');
    expect(live).to.have.length(1);
    expect(live[0]!.startsAt <= product.clock.now() && live[0]!.endsAt > product.clock.now()).to.equal(true);
    expect(sessions.every(({ isAutomatic }) => isAutomatic)).to.equal(true);
    expect(wallTimeOfInstant(event.startsAt, event.zone).slice(0, 10)).to.equal('2026-11-24');
  });

  it('really sold one event out, and counts every seat it gave', async () => {
    for (const event of await EventModel.find().lean()) {
      const seats = await SeatsModel.findOne({ _id: event._id }).lean();
      const confirmed = await RegistrationModel.countDocuments({ eventId: event._id, status: 'confirmed' });
      expect(seats, event.slug).to.include({ taken: confirmed, remaining: seats!.capacity! - confirmed });
    }
    const soldOut = await bySlug('procurement-clinic');
    expect((await SeatsModel.findOne({ _id: soldOut._id }).lean())?.remaining).to.equal(0);
    const page = await new BrowserSession(product.url).get('/events/procurement-clinic');
    expect(await page.text()).to.include('Sold out');
  });

  it('mails nobody', async () => {
    // What invites say is written down when an event is published, and an ended session has a replay; that is no mail.
    const kinds = await OutboxEntryModel.distinct('kind', { state: 'waiting' });
    expect(kinds).to.have.members(['event:changed', 'session:ended']);
  });

  it('says how to sign in and keeps the second factor encrypted', async () => {
    const secret = /secret ([A-Z2-7]{32})/.exec(lines)?.[1] ?? 'none';
    expect(lines).to.include('/sign-in as organiser@pse365.example').and.include('otpauth://totp/');
    expect(lines).to.include('/events/digital-services-today/register').and.include('npm run demo:code');
    const member = await MemberModel.findOne({ email: 'organiser@pse365.example' }).lean();
    expect(member?.totpSecret).to.be.a('string').and.not.include(secret);
    expect(product.logLines.join('\n')).not.to.include(secret);
  });

  it('changes nothing the second time, says the same, and is quick', async () => {
    const before = await EventModel.countDocuments();
    const startedAt = performance.now();
    expect(await seedDemo(product.deps)).to.equal(lines);
    expect(performance.now() - startedAt).to.be.below(200);
    expect(await EventModel.countDocuments()).to.equal(before);
  });
});

describe('a demo whose start was interrupted', () => {
  it('is taken up again by the next start, nothing twice', async () => {
    const product = await openProduct({ now: '2026-11-24T23:52:00Z', worker: false });
    let depth = 0;
    let outermost = 0;
    const deps: Deps = {
      ...product.deps,
      transaction: async (work) => {
        // The outermost transactions are the people and then one for each event.
        if (depth === 0 && ++outermost === 4) throw new Error('The power went');
        depth += 1;
        return product.deps.transaction(work).finally(() => (depth -= 1));
      },
    };
    let failed = false;
    await seedDemo(deps).catch(() => (failed = true));
    expect(failed).to.equal(true);
    expect(await EventModel.countDocuments(), 'whole events only').to.equal(2);
    await seedDemo(product.deps);
    const events = await EventModel.find().lean();
    expect(events).to.have.length(6);
    expect(new Set(events.map(({ slug }) => slug)).size).to.equal(6);
    const late = events.find(({ slug }) => slug === 'digital-services-today');
    expect(late?.endsAtLocal, 'all of today, even at eight to midnight').to.equal('2026-11-24T23:59');
    expect(await SessionModel.countDocuments({ eventId: late?._id ?? '', state: 'live' })).to.equal(1);
    await product.close();
  });
});

describe('a demo that is started again on another day', () => {
  it('has an event on again, once, and leaves the old one and what people changed alone', async () => {
    const product = await openProduct({ now: '2026-11-24T15:07:00Z', worker: false });
    await seedDemo(product.deps);
    await SpeakerModel.updateOne({ name: 'Dr Ivana Novak' }, { $set: { name: 'Dr Ivana Nováková' } });
    await EventModel.updateOne({ slug: 'digital-services-today' }, { $set: { title: 'Ours now' } });
    const before = await EventModel.find().sort({ _id: 1 }).lean();
    const speakers = await SpeakerModel.countDocuments();

    product.clock.advance({ hours: 23 });
    const startedAt = performance.now();
    const lines = await seedDemo(product.deps);
    expect(performance.now() - startedAt, 'quick').to.be.below(1_500);
    expect(lines).to.include('/events/digital-services-2026-11-25 is on today');
    const added = await EventModel.findOne({ slug: 'digital-services-2026-11-25' }).lean();
    expect(added?.startsAtLocal).to.match(/^2026-11-25T/);
    const sessions = await SessionModel.find({ eventId: added?._id ?? '' }).lean();
    expect(sessions.filter(({ state }) => state === 'live')).to.have.length(1);
    expect(
      await EventModel.find({ slug: trusted({ $ne: added?.slug ?? '' }) })
        .sort({ _id: 1 })
        .lean(),
    ).to.deep.equal(before);
    expect(await SpeakerModel.countDocuments()).to.equal(speakers);
    expect(
      await OutboxEntryModel.countDocuments({ kind: 'registration:confirmed', state: 'waiting' }),
    ).to.equal(0);

    expect(await seedDemo(product.deps)).to.equal(lines);
    expect(await EventModel.countDocuments()).to.equal(before.length + 1);
    await product.close();
  });

  it('does not put on another while the day is called off, and finds an address later that day', async () => {
    const product = await openProduct({ now: '2026-11-24T15:07:00Z', worker: false });
    await seedDemo(product.deps);
    await EventModel.updateOne({ slug: 'digital-services-today' }, { $set: { status: 'cancelled' } });
    await seedDemo(product.deps);
    expect(await EventModel.countDocuments()).to.equal(6);
    await EventModel.create([
      {
        ...(await EventModel.findOne({ slug: 'procurement-clinic' }).lean()),
        _id: 'own',
        organiserId: 'another',
        slug: 'digital-services-2026-11-25',
      },
    ]);
    product.clock.advance({ hours: 20 });
    expect(await seedDemo(product.deps)).to.include('/events/digital-services-2026-11-25-2 is on today');
    await product.close();
  });
});

describe('the demo in an installation that is in use', () => {
  it('stays away', async () => {
    const product = await openProduct({ worker: false });
    await EventModel.create([
      {
        _id: 'own',
        organiserId: 'o',
        slug: 'our-own',
        title: 'Our own',
        zone: 'UTC',
        startsAtLocal: '2027-01-01T10:00',
        endsAtLocal: '2027-01-01T11:00',
        startsAt: new Date('2027-01-01T10:00Z'),
        endsAt: new Date('2027-01-01T11:00Z'),
        createdAt: product.clock.now(),
      },
    ]);
    expect(await seedDemo(product.deps)).to.equal(null);
    expect(await EventModel.countDocuments()).to.equal(1);
    await product.close();
  });
});
