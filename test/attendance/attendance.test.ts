import { expect } from 'chai';
import { AttendanceIntervalModel } from '../../server/attendance/attendance-interval.model.ts';
import { listAttendedOfRegistration } from '../../server/attendance/attendance.queries.ts';
import { tallyBeats } from '../../server/attendance/tally-beats.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { readTicket } from '../../server/platform/realtime/join-ticket.ts';
import { ask, connect, seedLiveDay, seedMember, seedViewer, type LiveSocket } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('attendance', () => {
  let product: Product;
  const sockets: LiveSocket[] = [];
  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  const beat = (socket: LiveSocket, eventId: string, changes: object = {}) =>
    ask<{ ticket: string | null }>(socket, 'live:beat', {
      eventId,
      stageId: 'main',
      isWatching: true,
      ...changes,
    });
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(() => product.close());

  it('counts heartbeats while the session is live, on two devices once, and shows the holder the minutes', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const viewer = await seedViewer(eventId, organiserId, now);
    const organiser = await seedMember(organiserId, now);
    const [laptop, phone, director] = await Promise.all([open(viewer), open(viewer), open(organiser)]);
    let revision = 1;
    const move = (to: string) =>
      ask(director, 'session:move', { eventId, sessionId: sessionIds[0], move: to, revision: revision++ });

    expect(await beat(laptop, eventId)).to.have.property('ok', true);
    await move('go-live');
    await beat(laptop, eventId);
    await beat(director, eventId);
    for (let turn = 0; turn < 2; turn += 1) {
      product.clock.advance({ seconds: 60 });
      await beat(phone, eventId, { isWatching: false });
    }
    product.clock.advance({ seconds: 60 });
    await move('pause');
    await beat(phone, eventId);
    const attended = await until('the flush', async () => {
      const found = await listAttendedOfRegistration(viewer.registrationId);
      return found[0]?.minutes === 1 && found;
    });
    // The laptop beat once while it was live; the phone from the first to the second minute of it.
    expect(attended).to.have.length(1);
    expect(attended[0]).to.include({ sessionId: sessionIds[0], kind: 'live' });
    expect(await AttendanceIntervalModel.countDocuments({ eventId })).to.equal(2);
    const seen = await ParticipantModel.find({ eventId }).lean();
    expect(seen.every(({ lastSeenAt }) => lastSeenAt)).to.equal(true);
    expect(seen).to.have.length(2);

    const path = `${product.url}/registrations/${viewer.registrationId}/attendance`;
    const page = await fetch(path, { headers: { cookie: viewer.cookie } });
    expect(page.status).to.equal(200);
    expect(await page.text())
      .to.include('Welcome to the day')
      .and.include('1 minute')
      .and.include('href="/attendance"');
    const stranger = await seedViewer(eventId, organiserId, now);
    expect((await fetch(path, { headers: { cookie: stranger.cookie } })).status).to.equal(404);
    expect((await fetch(path, { redirect: 'manual' })).status).to.equal(303);
    const definition = await (await fetch(`${product.url}/attendance`)).text();
    expect(definition).to.include('How attendance is counted').and.include('75 seconds');
  });

  it('answers with a fresh ticket that says who beats', async () => {
    const now = product.clock.now();
    const { eventId, organiserId } = await seedLiveDay(now);
    const viewer = await seedViewer(eventId, organiserId, now);
    const answer = await beat(await open(viewer), eventId);
    const ticket = readTicket(answer.ok ? answer.ticket : null, product.deps);
    const { registrationId, signInId } = viewer;
    expect(ticket).to.deep.include({ eventId, registrationId, role: 'attendee', signInIds: [signInId] });
  });

  it('refuses strangers, other events and what is malformed, and is limited', async () => {
    const now = product.clock.now();
    const { eventId, organiserId } = await seedLiveDay(now);
    const other = await seedLiveDay(now);
    const socket = await open(await seedViewer(eventId, organiserId, now));
    expect(await beat(socket, other.eventId)).to.include({ ok: false, code: 'forbidden' });
    expect(await beat(socket, eventId, { isWatching: 'yes' })).to.include({ ok: false, code: 'invalid' });
    await beat(socket, eventId);
    await beat(socket, eventId);
    expect(await beat(socket, eventId)).to.include({ ok: false, code: 'too-many-requests' });
    expect(await AttendanceIntervalModel.countDocuments({ eventId })).to.equal(0);
  });

  describe('gathered', () => {
    const from = (connectionId: string) => ({
      connectionId,
      participantId: 'p1',
      registrationId: `r-${connectionId}`,
      eventId: 'e1',
      sessionIds: ['s1'],
    });
    const ofConnection = (connectionId: string) =>
      AttendanceIntervalModel.find({ registrationId: `r-${connectionId}` })
        .sort({ startedAt: 1 })
        .lean();
    const seconds = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date }) =>
      (endedAt.getTime() - startedAt.getTime()) / 1000;

    it('begins a new interval after a gap of more than 75 seconds, and ends at the last beat', async () => {
      const beats = tallyBeats(product.deps, 1e9);
      for (const pause of [0, 75, 76, 30]) {
        product.clock.advance({ seconds: pause });
        beats.add(from('gap'));
        await beats.flush();
      }
      product.clock.advance({ minutes: 9 });
      await beats.flush();
      expect((await ofConnection('gap')).map(seconds)).to.deep.equal([75, 30]);
    });

    it('writes hundreds of beats in a few commands', async () => {
      const beats = tallyBeats(product.deps, 1e9);
      for (let index = 0; index < 600; index += 1)
        beats.add({ ...from('many'), connectionId: `many-${index}` });
      const before = performance.now();
      await beats.flush();
      expect(await AttendanceIntervalModel.countDocuments({ registrationId: 'r-many' })).to.equal(600);
      expect(performance.now() - before).to.be.below(3_000);
    });

    it('loses at most what came after the last flush when the process dies', async () => {
      const beats = tallyBeats(product.deps, 1e9);
      beats.add(from('crash'));
      product.clock.advance({ seconds: 30 });
      beats.add(from('crash'));
      await beats.flush();
      product.clock.advance({ seconds: 30 });
      beats.add(from('crash'));
      // This process dies here; the page comes back to another one, on a new connection of the same place.
      const next = tallyBeats(product.deps, 1e9);
      product.clock.advance({ seconds: 30 });
      next.add({ ...from('crash'), connectionId: 'crash-again' });
      await next.flush();
      expect((await ofConnection('crash')).map(seconds)).to.deep.equal([30, 0]);
      // A flush that comes late, or twice, moves nothing back.
      await beats.flush();
      await beats.flush();
      expect((await ofConnection('crash')).map(seconds)).to.deep.equal([60, 0]);
    });
  });
});
