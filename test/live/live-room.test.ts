import { expect } from 'chai';
import { receiveFacts, startLog } from '../../client/islands/live-room/fact-log.ts';
import type { MoveAnswer } from '../../server/contracts/live-messages.ts';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { tellAgendaChanged } from '../../server/events/tell-agenda-changed.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { cancelRegistration } from '../../server/registrations/cancel-registration.ts';
import { passOnRegistration } from '../../server/registrations/pass-on-registration.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  ask,
  connect,
  disconnected,
  join,
  nextFacts,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedViewer,
  type LiveSocket,
} from './live-day.ts';

describe('a live room', () => {
  let product: Product;
  const sockets: LiveSocket[] = [];
  const open = async (cookie: string) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(async () => {
    console.log(
      product.logLines
        .filter((l) => /failed/.test(l))
        .slice(0, 2)
        .join(''),
    );
    await product.close();
  });

  it('shows a late joiner what is on, and every viewer what the organiser does', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const [first, second, organiser] = await Promise.all([
      seedViewer(eventId, organiserId, now),
      seedViewer(eventId, organiserId, now),
      seedMember(organiserId, now),
    ]);
    const [viewer, director] = await Promise.all([open(first.cookie), open(organiser.cookie)]);
    const joined = await join(viewer, eventId);
    expect(joined).to.include({ ok: true, kind: 'snapshot', seq: 0 });

    const pushed = nextFacts(viewer);
    const moved = await ask<MoveAnswer>(director, 'session:move', {
      eventId,
      sessionId: sessionIds[0],
      move: 'go-live',
      revision: 1,
    });
    expect(moved).to.include({ ok: true, moved: true });
    expect((await pushed)[0]).to.deep.include({ seq: 1 });

    const late = await open(second.cookie);
    const answer = await join(late, eventId);
    if (!answer.ok || answer.kind !== 'snapshot') throw new Error('a snapshot was expected');
    expect(answer.seq).to.equal(1);
    const seen = receiveFacts(startLog(answer.snapshot, answer.snapshotSeq), answer.facts);
    expect(seen.seq).to.equal(1);
    expect(seen.snapshot.sessions[0]).to.include({ state: 'live', revision: 2 });
    expect(await AuditEntryModel.countDocuments({ action: 'session:moved', organiserId })).to.equal(1);
  });

  it('gives a viewer who was away exactly what was missed', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const [viewer, organiser] = [
      await seedViewer(eventId, organiserId, now),
      await seedMember(organiserId, now),
    ];
    const director = await open(organiser.cookie);
    let revision = 1;
    for (const move of ['go-live', 'pause', 'resume', 'end', 'undo-end'])
      await ask(director, 'session:move', { eventId, sessionId: sessionIds[0], move, revision: revision++ });
    const socket = await open(viewer.cookie);
    const answer = await join(socket, eventId, 2);
    if (!answer.ok || answer.kind !== 'facts') throw new Error('facts were expected');
    expect(answer.facts.map(({ seq }) => seq)).to.deep.equal([3, 4, 5]);
    expect(await join(socket, eventId, 99)).to.include({ kind: 'snapshot' });
  });

  it('lets one of two organisers who press at once move the session, and tells the other', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const members = await Promise.all([seedMember(organiserId, now), seedMember(organiserId, now)]);
    const [one, two] = await Promise.all(members.map(({ cookie }) => open(cookie)));
    const press = (socket: LiveSocket, move: string) =>
      ask<MoveAnswer>(socket, 'session:move', { eventId, sessionId: sessionIds[0], move, revision: 1 });
    const answers = await Promise.all([press(one!, 'go-live'), press(two!, 'skip')]);
    const moved = answers.filter((answer) => answer.ok && answer.moved);
    const refused = answers.find((answer) => answer.ok && !answer.moved);
    expect(moved).to.have.length(1);
    expect(refused).to.include({ reason: 'already-moved' });
    const session = await SessionModel.findById(sessionIds[0]).lean();
    expect(session?.revision).to.equal(2);
    expect(await AuditEntryModel.countDocuments({ 'subject.id': sessionIds[0] })).to.equal(1);
  });

  it('keeps a stage for one session at a time, also when two are started at once', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const members = await Promise.all([seedMember(organiserId, now), seedMember(organiserId, now)]);
    const [one, two] = await Promise.all(members.map(({ cookie }) => open(cookie)));
    const start = (socket: LiveSocket, sessionId: string) =>
      ask<MoveAnswer>(socket, 'session:move', { eventId, sessionId, move: 'go-live', revision: 1 });
    const answers = await Promise.all([start(one!, sessionIds[0]), start(two!, sessionIds[1])]);
    expect(answers.filter((answer) => answer.ok && answer.moved)).to.have.length(1);
    expect(answers.find((answer) => answer.ok && !answer.moved)).to.include({ reason: 'stage-busy' });
    expect(await SessionModel.countDocuments({ eventId, state: 'live' })).to.equal(1);
  });

  it('refuses outsiders every message, and says why', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const other = await seedLiveDay(now);
    const outsiders = {
      stranger: await seedSignIn({ kind: 'attendee', email: 'stranger@example.org' }, now),
      'viewer of another event': await seedViewer(other.eventId, other.organiserId, now),
      'organiser of another event': await seedMember(other.organiserId, now),
    };
    for (const [who, { cookie }] of Object.entries(outsiders)) {
      const socket = await open(cookie);
      expect(await join(socket, eventId), who).to.include({ ok: false, code: 'forbidden' });
      expect(await join(socket, eventId, null, 'moderators'), who).to.include({
        ok: false,
        code: 'not-found',
      });
      const move = { eventId, sessionId: sessionIds[0], move: 'go-live', revision: 1 };
      expect(await ask(socket, 'session:move', move), who).to.include({ ok: false, code: 'not-found' });
    }
    const viewer = await open((await seedViewer(eventId, organiserId, now)).cookie);
    expect(await join(viewer, eventId, null, 'moderators')).to.include({ code: 'not-found' });
    const move = { eventId, sessionId: sessionIds[0], move: 'go-live', revision: 1 };
    expect(await ask(viewer, 'session:move', move)).to.include({ code: 'not-found' });
    const onlooker = await open((await seedMember(organiserId, now, 'viewer')).cookie);
    expect(await ask(onlooker, 'session:move', move)).to.include({ code: 'forbidden' });
    expect(await SessionModel.countDocuments({ eventId, state: 'scheduled' })).to.equal(3);
  });

  it('asks again at every message: a cancelled place and a lost role are over at once', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const place = await seedViewer(eventId, organiserId, now);
    const viewer = await open(place.cookie);
    expect(await join(viewer, eventId)).to.include({ ok: true });
    await RegistrationModel.updateOne({ _id: place.registrationId }, { $set: { status: 'cancelled' } });
    expect(await join(viewer, eventId, 0)).to.include({ ok: false, code: 'forbidden' });

    const signedOut = await seedViewer(eventId, organiserId, now);
    const leaver = await open(signedOut.cookie);
    await SignInModel.updateOne({ _id: signedOut.signInId }, { $set: { revokedAt: now } });
    expect(await join(leaver, eventId)).to.include({ ok: false, code: 'not-signed-in' });
    const press = { eventId, sessionId: sessionIds[0], move: 'go-live', revision: 1 };
    expect(await ask(leaver, 'session:move', press)).to.include({ ok: false, code: 'not-signed-in' });

    const member = await seedMember(organiserId, now);
    const director = await open(member.cookie);
    await MemberModel.updateOne({ _id: member.memberId }, { $set: { role: 'viewer' } });
    const move = { eventId, sessionId: sessionIds[0], move: 'go-live', revision: 1 };
    expect(await ask(director, 'session:move', move)).to.include({ ok: false });
  });
});

describe('an open live room', () => {
  it('closes at once for a signed-in person whose place ends, and for nobody else', async () => {
    const product = await openProduct({ worker: false });
    try {
      const now = product.clock.now();
      const { eventId, organiserId } = await seedLiveDay(now);
      for (const end of ['cancelled', 'passed on'] as const) {
        const [leaver, stayer] = await Promise.all([
          seedViewer(eventId, organiserId, now),
          seedViewer(eventId, organiserId, now),
        ]);
        const [leaving, staying] = await Promise.all([
          connect(product.url, leaver.cookie),
          connect(product.url, stayer.cookie),
        ]);
        await Promise.all([join(leaving, eventId), join(staying, eventId)]);
        const gone = disconnected(leaving);
        const { registrationId, email, signInId } = leaver;
        const actor = { kind: 'attendee', email, signInId } as const;
        if (end === 'cancelled') await cancelRegistration(actor, { registrationId }, product.deps);
        else {
          const colleague = { name: 'Owen Price', email: `owen-${registrationId}@estates.example` };
          await passOnRegistration(actor, { registrationId, ...colleague }, product.deps);
        }
        expect(await gone).to.equal('io server disconnect');
        expect(await join(staying, eventId)).to.include({ ok: true });
        staying.disconnect();
      }
    } finally {
      await product.close();
    }
  });

  it('shows an edited agenda and a cancelled event without reload', async function () {
    this.timeout(30_000);
    const product = await openProduct();
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const viewer = await connect(product.url, (await seedViewer(eventId, organiserId, now)).cookie);
    await join(viewer, eventId);
    const edited = nextFacts(viewer);
    await SessionModel.updateOne(
      { _id: sessionIds[1] },
      { $set: { title: 'Heat pumps, anew' }, $inc: { revision: 1 } },
    );
    await tellAgendaChanged(eventId, now);
    const [change] = await edited;
    if (change?.fact.name !== 'agenda:changed') throw new Error('a changed agenda was expected');
    expect(change.fact.agenda.sessions.map(({ title }) => title)).to.include('Heat pumps, anew');

    const cancelled = nextFacts(viewer);
    const owner = await seedMember(organiserId, now, 'owner');
    const actor = { kind: 'member', role: 'owner', organiserId, ...owner } as const;
    expect(await cancelEvent(actor, { organiserId, eventId, reason: 'Snow' }, product.deps)).to.include({
      ok: true,
    });
    const [call] = await cancelled;
    if (call?.fact.name !== 'agenda:changed') throw new Error('a changed agenda was expected');
    expect(call.fact.agenda.event).to.include({ status: 'cancelled', cancellationReason: 'Snow' });
    viewer.disconnect();
    await product.close();
  });
});
