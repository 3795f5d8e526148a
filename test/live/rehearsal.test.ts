import { expect } from 'chai';
import mongoose from 'mongoose';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { moveDueSessions } from '../../server/live/move-due-sessions.ts';
import { endOldRehearsals } from '../../server/live/end-old-rehearsals.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { startRehearsal } from '../../server/sessions/start-rehearsal.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  ask,
  connect,
  join,
  nextFacts,
  seedLiveDay,
  seedMember,
  seedSpeaker,
  seedViewer,
} from './live-day.ts';
import { storedState } from './outsiders.ts';

describe('a rehearsal', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  async function openDay(isAutomatic = false) {
    const now = product.clock.now();
    const day = await seedLiveDay(now, { isAutomatic });
    const organiser = await seedMember(day.organiserId, now);
    const speaker = await seedSpeaker(day.organiserId, day.sessionIds[0], now);
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    return { ...day, organiser, speaker, viewer };
  }
  const post = (path: string, cookie: string) =>
    fetch(`${product.url}${path}`, {
      method: 'POST',
      headers: { cookie, origin: product.url },
      redirect: 'manual',
    });
  const get = async (path: string, cookie = '') => {
    const response = await fetch(`${product.url}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: response.status, html: await response.text() };
  };
  /** Starts one by its button, and answers its id. */
  const rehearse = async (day: { eventId: string; organiser: { cookie: string } }) => {
    const started = await post(`/console/events/${day.eventId}/rehearsal`, day.organiser.cookie);
    expect(started.status).to.equal(303);
    const [, id] =
      /^\/console\/events\/(rehearsal-[\w-]+)\/run-of-show$/.exec(started.headers.get('location') ?? '') ??
      [];
    return id ?? '';
  };
  const about = async (rehearsalId: string) => {
    const found: string[] = [];
    for (const name of mongoose.modelNames()) {
      const filter = { $or: [{ eventId: rehearsalId }, { _id: rehearsalId }] };
      if (await mongoose.model(name).collection.findOne(filter as never)) found.push(name);
    }
    return found;
  };

  it('is the whole day from five minutes on, run and seen by the team and the speakers only', async () => {
    const day = await openDay();
    const { organiser } = day;
    const rehearsalId = await rehearse(day);
    const runOfShow = `/console/events/${rehearsalId}/run-of-show`;
    const sessions = await SessionModel.find({ eventId: rehearsalId }).sort({ startsAt: 1 }).lean();
    expect(sessions.map(({ title }) => title)).to.deep.equal([
      'Welcome to the day',
      'Heat pumps in old hospitals',
      'Closing',
    ]);
    const minutes = (at: Date | undefined) => ((at?.getTime() ?? 0) - product.clock.now().getTime()) / 60_000;
    expect(minutes(sessions[0]?.startsAt)).to.be.within(5, 6);
    expect(minutes(sessions[1]?.startsAt)).to.be.within(20, 21);

    expect((await get(runOfShow, organiser.cookie)).html).to.include('Nobody outside your team sees this');
    const room = `/events/${rehearsalId}/live`;
    expect((await get(room, organiser.cookie)).html).to.include('Nobody outside your team sees this');
    expect((await get(room, day.speaker.cookie)).status).to.equal(200);
    for (const path of [room, `/events/${rehearsalId}`, `/events/${rehearsalId}/register`, `/api${room}`]) {
      expect((await get(path, day.viewer.cookie)).status, path).to.equal(404);
      expect((await get(path)).status, path).to.equal(404);
    }
    expect((await get('/console/events', organiser.cookie)).html).not.to.include(rehearsalId);
    expect((await get(`/console/events/${rehearsalId}`, organiser.cookie)).status).to.equal(404);
    expect(
      await AuditEntryModel.countDocuments({ action: 'rehearsal:started', 'subject.id': day.eventId }),
    ).to.equal(1);
  });

  it('reaches no attendee: not their socket, not their mail, not the day itself', async () => {
    const day = await openDay();
    const rehearsalId = await rehearse(day);
    const viewer = await connect(product.url, day.viewer.cookie);
    const heard: unknown[] = [];
    viewer.onAny((...parts: unknown[]) => heard.push(parts));
    await join(viewer, day.eventId);
    expect(await join(viewer, rehearsalId)).to.include({ ok: false, code: 'not-found' });
    const outbox = mongoose.connection.db!.collection('outbox');
    const waiting = await outbox.countDocuments();

    const director = await connect(product.url, day.organiser.cookie);
    const speaker = await connect(product.url, day.speaker.cookie);
    expect(await join(speaker, rehearsalId, null, 'backstage')).to.include({ ok: true });
    const [first] = await SessionModel.find({ eventId: rehearsalId }).sort({ startsAt: 1 }).lean();
    const seen = nextFacts(speaker);
    const move = { eventId: rehearsalId, sessionId: first?._id, move: 'go-live', revision: 1 };
    expect(await ask(director, 'session:move', move)).to.include({ ok: true, moved: true });
    expect((await seen)[0]?.fact.name).to.equal('session:moved');
    expect(heard.filter((parts) => JSON.stringify(parts).includes('session:moved'))).to.deep.equal([]);
    expect(await outbox.countDocuments()).to.equal(waiting);
    expect(await SessionModel.countDocuments({ eventId: day.eventId, state: 'scheduled' })).to.equal(3);
    for (const socket of [viewer, director, speaker]) socket.disconnect();
  });

  it('is one, however many start it at once, and only for who directs', async () => {
    const day = await openDay();
    const press = () => post(`/console/events/${day.eventId}/rehearsal`, day.organiser.cookie);
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(await EventModel.countDocuments({ rehearsalOf: day.eventId })).to.equal(1);
    const rehearsalId = await rehearse(day);
    expect(await SessionModel.countDocuments({ eventId: rehearsalId })).to.equal(3);
    const other = await openDay();
    const moderator = await seedMember(other.organiserId, product.clock.now(), 'moderator');
    const path = `/console/events/${other.eventId}/rehearsal`;
    expect((await post(path, moderator.cookie)).status).to.equal(403);
    expect((await post(path, day.organiser.cookie)).status).to.equal(404);
    expect((await post(path, other.viewer.cookie)).status).to.equal(404);
    expect((await post(path, '')).status).to.be.oneOf([302, 303, 401]);
    expect((await post(`/console/events/${rehearsalId}/rehearsal`, day.organiser.cookie)).status).to.equal(
      404,
    );
    expect(await EventModel.countDocuments({ rehearsalOf: other.eventId })).to.equal(0);
  });

  it('leaves nothing behind when it ends, also by itself after a day', async () => {
    const day = await openDay(true);
    const before = await storedState();
    const start = { kind: 'system', name: 'test' } as const;
    const rehearsalId = await rehearse(day);
    const director = await connect(product.url, day.organiser.cookie);
    await join(director, rehearsalId, null, 'moderators');
    const text = {
      channel: 'stage',
      stageId: 'main',
      clientId: 'said-once-1',
      text: 'Hello?',
      replyToId: null,
    };
    expect(await ask(director, 'chat:post', { eventId: rehearsalId, ...text })).to.include({ ok: true });
    const room = { changes: { slowModeSeconds: 10 }, revision: 0 };
    expect(await ask(director, 'room:change', { eventId: rehearsalId, ...room })).to.include({ ok: true });
    const poll = { stageId: 'main', kind: 'word', question: 'In a word?', options: [], results: 'live' };
    const drafted = { ...poll, eventId: rehearsalId, pollId: null, clientId: 'asked-once-1', revision: 0 };
    const saved = await ask<{ pollId: string }>(director, 'poll:save', drafted);
    const pollId = saved.ok ? saved.pollId : saved.code;
    const open = { eventId: rehearsalId, pollId, move: 'open', closesInSeconds: null, revision: 1 };
    expect(await ask(director, 'poll:move', open)).to.include({ ok: true });
    const choice = { optionIds: [], word: 'Warm' };
    expect(await ask(director, 'poll:vote', { eventId: rehearsalId, pollId, choice })).to.include({
      ok: true,
    });
    director.disconnect();
    expect(await about(rehearsalId)).to.include.members([
      'Event',
      'Session',
      'LiveFact',
      'ChatMessage',
      'LiveRoom',
    ]);
    const ended = await post(`/console/events/${day.eventId}/rehearsal/end`, day.organiser.cookie);
    expect(ended.status).to.equal(303);
    expect(await about(rehearsalId)).to.deep.equal([]);
    expect(
      (await post(`/console/events/${day.eventId}/rehearsal/end`, day.organiser.cookie)).status,
    ).to.equal(303);
    expect(
      await AuditEntryModel.countDocuments({ action: 'rehearsal:ended', 'subject.id': day.eventId }),
    ).to.equal(1);
    // What the team did stays on record, as everything that is audited does.
    const after = await storedState();
    for (const state of [before, after]) delete state['audit-entries'];
    expect(after, 'all else is as it was').to.deep.equal(before);

    const again = await startRehearsal(start, { eventId: day.eventId }, product.deps);
    if (!again.ok) throw new Error(again.reason);
    expect(again.rehearsalId).not.to.equal(rehearsalId);
    product.clock.advance({ minutes: 6 });
    await moveDueSessions(product.deps);
    expect(await SessionModel.countDocuments({ eventId: again.rehearsalId, state: 'live' })).to.equal(1);
    expect(await endOldRehearsals(product.deps)).to.equal(0);
    product.clock.advance({ hours: 25 });
    expect(await endOldRehearsals(product.deps)).to.be.at.least(1);
    expect(await about(again.rehearsalId)).to.deep.equal([]);
  });
});
