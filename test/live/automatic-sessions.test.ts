import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { LiveCounterModel } from '../../server/live-log/live-counter.model.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import { moveDueSessions } from '../../server/live/move-due-sessions.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { connect, join, nextFacts, seedLiveDay, seedMember, seedViewer } from './live-day.ts';
import { directSession } from '../../server/live/direct-session.ts';

describe('automatic sessions', () => {
  let product: Product;
  beforeEach(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => product.close());

  const states = async (eventId: string) =>
    (await SessionModel.find({ eventId }).sort({ startsAt: 1 }).lean()).map(({ state }) => state);

  it('go live and end at their planned times, each once, also when two workers run at once', async () => {
    const { eventId } = await seedLiveDay(product.clock.now(), { isAutomatic: true });
    const both = () => Promise.all([moveDueSessions(product.deps), moveDueSessions(product.deps)]);
    expect((await both()).reduce((a, b) => a + b)).to.equal(1);
    expect(await states(eventId)).to.deep.equal(['live', 'scheduled', 'scheduled']);
    product.clock.advance({ minutes: 10 });
    await both();
    await both();
    expect(await states(eventId)).to.deep.equal(['ended', 'live', 'scheduled']);
    product.clock.advance({ hours: 3 });
    await both();
    expect(await states(eventId)).to.deep.equal(['ended', 'ended', 'ended']);
    const seqs = (await LiveFactModel.find({ eventId, audience: 'viewers' }).sort({ seq: 1 }).lean()).map(
      ({ seq }) => seq,
    );
    expect(seqs).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('wait for the stage, and leave alone what is not published', async () => {
    const now = product.clock.now();
    const day = await seedLiveDay(now, { isAutomatic: true });
    await SessionModel.updateOne({ _id: day.sessionIds[0] }, { $set: { isAutomatic: false } });
    const system = { kind: 'system', name: 'test' } as const;
    const start = {
      eventId: day.eventId,
      sessionId: day.sessionIds[0],
      move: 'go-live',
      revision: 1,
    } as const;
    expect(await directSession(system, start, product.deps)).to.include({ ok: true });
    product.clock.advance({ minutes: 10 });
    expect(await moveDueSessions(product.deps)).to.equal(0);
    await directSession(system, { ...start, move: 'end', revision: 2 }, product.deps);
    expect(await moveDueSessions(product.deps)).to.equal(1);

    const draft = await seedLiveDay(now, { isAutomatic: true });
    await EventModel.updateOne({ _id: draft.eventId }, { $set: { status: 'draft' } });
    await moveDueSessions(product.deps);
    expect(await states(draft.eventId)).to.deep.equal(['scheduled', 'scheduled', 'scheduled']);
  });

  it('reach viewers although another process moved them, within the poll', async () => {
    const now = product.clock.now();
    const { eventId, organiserId } = await seedLiveDay(now, { isAutomatic: true });
    const viewer = await connect(product.url, (await seedViewer(eventId, organiserId, now)).cookie);
    await join(viewer, eventId);
    const pushed = nextFacts(viewer);
    // Another process has no way to wake this one: the fact is written without the wake-up.
    const session = await SessionModel.findOne({ eventId }).lean();
    const fact = {
      name: 'session:moved',
      session: {
        id: session!._id,
        state: 'live',
        wentLiveAt: now.toISOString(),
        pausedAt: null,
        endedAt: null,
        revision: 2,
      },
    };
    await LiveFactModel.create([{ _id: 'x', eventId, audience: 'viewers', seq: 1, at: now, fact }]);
    const writtenAt = performance.now();
    await LiveCounterModel.create([{ _id: `${eventId}:viewers`, lastSeq: 1 }]);
    expect((await pushed).map(({ seq }) => seq)).to.deep.equal([1]);
    expect(performance.now() - writtenAt).to.be.lessThan(1_000);
    viewer.disconnect();
  });
});

describe('the worker', () => {
  it('moves what is due by itself', async function () {
    this.timeout(30_000);
    const product = await openProduct();
    const now = product.clock.now();
    const { eventId, organiserId } = await seedLiveDay(now, { isAutomatic: true });
    await seedMember(organiserId, now);
    await until('the first session to go live', async () => SessionModel.exists({ eventId, state: 'live' }));
    await product.close();
  });
});
