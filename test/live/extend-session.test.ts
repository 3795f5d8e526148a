import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { MoveAnswer } from '../../server/contracts/live-messages.ts';
import { extendLiveSession } from '../../server/live/extend-live-session.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { ask, connect, join, nextFacts, seedLiveDay, seedMember, seedViewer } from './live-day.ts';

describe('extending a session', () => {
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => {
    day = await seedLiveDay(product.clock.now());
    await setState('live');
  });
  after(() => product.close());

  const setState = (state: string) =>
    SessionModel.updateOne({ _id: day.sessionIds[0] }, { $set: { state, wentLiveAt: product.clock.now() } });
  const stored = () => SessionModel.findById(day.sessionIds[0]).orFail().lean();
  const request = (changes: object = {}) => ({
    eventId: day.eventId,
    sessionId: day.sessionIds[0],
    minutes: 5,
    revision: 1,
    ...changes,
  });
  const system = { kind: 'system', name: 'test' } as const;

  it('moves the end and its wall time, tells every log of the room, and is written down', async () => {
    const now = product.clock.now();
    const organiser = await seedMember(day.organiserId, now);
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const [presser, watcher] = await Promise.all([
      connect(product.url, organiser.cookie),
      connect(product.url, viewer.cookie),
    ]);
    await join(watcher, day.eventId);
    const before = await stored();
    const heard = nextFacts(watcher);
    const answer = await ask<MoveAnswer>(presser, 'session:extend', request());
    expect(answer).to.deep.include({ ok: true, moved: true });
    const after = await stored();
    expect(after.endsAt.getTime() - before.endsAt.getTime()).to.equal(5 * 60_000);
    expect(after.endsAtLocal).to.equal(
      new Date(Date.parse(`${before.endsAtLocal}Z`) + 5 * 60_000).toISOString().slice(0, 16),
    );
    expect(after).to.include({ state: 'live', revision: 2, editedAt: null });
    const [told] = await heard;
    const fact = told?.fact;
    if (fact?.name !== 'agenda:changed') throw new Error(`Heard ${fact?.name ?? 'nothing'}`);
    const [first, second] = fact.agenda.sessions;
    expect(first).to.include({ endsAt: after.endsAt.toISOString(), revision: 2 });
    // What follows keeps its plan.
    expect(second?.startsAt).to.equal(new Date(now.getTime() + 10 * 60_000).toISOString());
    const rows = await AuditEntryModel.find({ 'subject.id': day.sessionIds[0] }).lean();
    expect(rows.map(({ action, changes }) => ({ action, changes: changes as unknown }))).to.deep.equal([
      {
        action: 'session:extended',
        changes: { minutes: 5, from: before.endsAtLocal, to: after.endsAtLocal },
      },
    ]);
    presser.disconnect();
    watcher.disconnect();
  });

  it('of two who press at once extends once and tells the other', async () => {
    const results = await Promise.all(
      [5, 10].map((minutes) => extendLiveSession(system, request({ minutes }), product.deps)),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.reason)).sort()).to.deep.equal([
      'already-moved',
      'ok',
    ]);
    expect((await stored()).revision).to.equal(2);
  });

  it('also works on a pause, but not before, after or past the end of the day', async () => {
    await setState('paused');
    expect(await extendLiveSession(system, request(), product.deps)).to.include({ ok: true });
    for (const state of ['scheduled', 'ended', 'cancelled']) {
      await setState(state);
      const result = await extendLiveSession(system, request({ revision: 2 }), product.deps);
      expect(result, state).to.include({ ok: false, reason: 'not-on-air' });
    }
    await setState('live');
    await SessionModel.updateOne(
      { _id: day.sessionIds[0] },
      {
        $set: {
          startsAtLocal: '2026-11-24T22:00',
          endsAtLocal: '2026-11-24T23:57',
          endsAt: new Date('2026-11-24T23:57:00Z'),
        },
      },
    );
    const late = await extendLiveSession(system, request({ revision: 2 }), product.deps);
    expect(late).to.include({ ok: false, reason: 'too-late' });
    const still = await extendLiveSession(system, request({ revision: 2, minutes: 2 }), product.deps);
    expect(still).to.include({ ok: true });
  });

  it('is for owners and organisers, and hides from everybody else that there is anything', async () => {
    const now = product.clock.now();
    const other = await seedLiveDay(now);
    const people = [
      [await seedMember(day.organiserId, now, 'moderator'), 'forbidden'],
      [await seedMember(day.organiserId, now, 'viewer'), 'forbidden'],
      [await seedMember(other.organiserId, now), 'not-found'],
      [await seedViewer(day.eventId, day.organiserId, now), 'not-found'],
    ] as const;
    for (const [person, code] of people) {
      const socket = await connect(product.url, person.cookie);
      expect(await ask(socket, 'session:extend', request())).to.include({ ok: false, code });
      socket.disconnect();
    }
    const organiser = await seedMember(day.organiserId, now);
    const socket = await connect(product.url, organiser.cookie);
    for (const bad of [{ minutes: 0 }, { minutes: 121 }, { minutes: 1.5 }, { minutes: '5' }, { extra: 1 }])
      expect(await ask(socket, 'session:extend', request(bad))).to.include({ ok: false, code: 'invalid' });
    const foreign = request({ sessionId: other.sessionIds[0] });
    expect(await ask(socket, 'session:extend', foreign)).to.include({ ok: false, code: 'not-found' });
    socket.disconnect();
    expect((await stored()).revision).to.equal(1);
  });

  it('is a form without script, that says why nothing was changed', async () => {
    const { cookie } = await seedMember(day.organiserId, product.clock.now());
    const path = `/console/events/${day.eventId}/run-of-show`;
    const post = (fields: Record<string, string>) =>
      fetch(`${product.url}${path}/extend`, {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', cookie, origin: product.url },
        body: new URLSearchParams(fields),
      });
    const fields = { sessionId: day.sessionIds[0], minutes: '10', revision: '1', stage: 'main' };
    const done = await post(fields);
    expect(done.status).to.equal(303);
    expect(done.headers.get('location')).to.equal(`${path}?stage=main`);
    const late = await post(fields);
    expect(late.status).to.equal(409);
    expect(await late.text()).to.include('Somebody else was quicker');
    expect((await post({ ...fields, minutes: '1000' })).status).to.equal(400);
  });
});
