import { expect } from 'chai';
import { AnnouncementModel } from '../../server/announcements/announcement.model.ts';
import { listAnnouncementsOfRoom } from '../../server/announcements/announcement.queries.ts';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { Announcement } from '../../server/contracts/live-room-settings.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import {
  ask,
  connect,
  join,
  nextFacts,
  seedLiveDay,
  seedMember,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';

const notice = {
  clientId: 'announce-1',
  kind: 'notice',
  urgency: 'polite',
  text: 'Lunch is ten minutes longer.',
  expiresInMinutes: null as number | null,
};

describe('announcements', () => {
  let product: Product;
  const sockets: LiveSocket[] = [];
  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  const make = (socket: LiveSocket, eventId: string, changes: object = {}) =>
    ask<{ announcement: Announcement }>(socket, 'announcement:make', { eventId, ...notice, ...changes });
  const madeBy = async (socket: LiveSocket, eventId: string, changes: object = {}) => {
    const answer = await make(socket, eventId, changes);
    if (!answer.ok) throw new Error(answer.message);
    return answer.announcement;
  };
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(() => product.close());

  async function openDay() {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    const viewer = await open(await seedViewer(day.eventId, day.organiserId, now));
    const moderator = await open(await seedMember(day.organiserId, now, 'moderator'));
    await join(viewer, day.eventId);
    return { ...day, viewer, moderator };
  }

  it('are heard by everybody at once, stand for who comes later, and go when withdrawn', async () => {
    const { eventId, organiserId, viewer, moderator } = await openDay();
    const heard = nextFacts(viewer);
    const announcement = await madeBy(moderator, eventId, { kind: 'incident', urgency: 'assertive' });
    expect(announcement).to.include({ kind: 'incident', urgency: 'assertive', expiresAt: null });
    expect((await heard)[0]?.fact).to.deep.equal({ name: 'announcement:made', announcement });
    const audiences = await LiveFactModel.distinct('audience', { eventId });
    expect(audiences.sort()).to.deep.equal(['backstage', 'moderators', 'viewers']);

    const late = await join(await open(await seedViewer(eventId, organiserId, product.clock.now())), eventId);
    if (!late.ok || late.kind !== 'snapshot') throw new Error('a snapshot was expected');
    const told = late.facts.map(({ fact }) => fact.name);
    expect(late.snapshot.announcements.length + told.length).to.equal(1);

    const gone = nextFacts(viewer);
    const withdrawal = { eventId, announcementId: announcement.id };
    expect(await ask(moderator, 'announcement:withdraw', withdrawal)).to.deep.equal({ ok: true });
    expect((await gone)[0]?.fact).to.include({ name: 'announcement:withdrawn' });
    expect(await listAnnouncementsOfRoom(eventId, product.clock.now())).to.deep.equal([]);
    // Pressed twice: nothing more is told or recorded.
    expect(await ask(moderator, 'announcement:withdraw', withdrawal)).to.deep.equal({ ok: true });
    expect(await LiveFactModel.countDocuments({ eventId, audience: 'viewers' })).to.equal(2);
    const audited = await AuditEntryModel.find({ organiserId }).lean();
    expect(audited.map(({ action }) => action).sort()).to.deep.equal([
      'announcement:made',
      'announcement:withdrawn',
    ]);
    expect(JSON.stringify(audited)).not.to.include('Lunch');
  });

  it('are made once, however often and however close together the message is sent', async () => {
    const { eventId, moderator } = await openDay();
    const answers = await Promise.all([1, 2, 3, 4].map(() => madeBy(moderator, eventId)));
    expect(new Set(answers.map(({ id }) => id)).size).to.equal(1);
    expect(await AnnouncementModel.countDocuments({ eventId })).to.equal(1);
    expect(await LiveFactModel.countDocuments({ eventId, audience: 'viewers' })).to.equal(1);
  });

  it('run out by the clock', async () => {
    const { eventId, moderator } = await openDay();
    const { at, expiresAt } = await madeBy(moderator, eventId, { expiresInMinutes: 5 });
    expect(Date.parse(expiresAt ?? '') - Date.parse(at)).to.equal(300_000);
    const at5 = new Date(expiresAt ?? '');
    expect(await listAnnouncementsOfRoom(eventId, new Date(at5.getTime() - 1))).to.have.length(1);
    expect(await listAnnouncementsOfRoom(eventId, at5)).to.have.length(0);
  });

  it('are nobody else’s to make or take down, and belong to one event', async () => {
    const { eventId, viewer, moderator } = await openDay();
    const other = await openDay();
    expect(await make(viewer, eventId)).to.include({ ok: false, code: 'not-found' });
    expect(await make(other.moderator, eventId)).to.include({ ok: false, code: 'not-found' });
    const { id: announcementId } = await madeBy(moderator, eventId);
    for (const [socket, event] of [
      [viewer, eventId],
      [other.moderator, other.eventId],
    ] as const)
      expect(await ask(socket, 'announcement:withdraw', { eventId: event, announcementId })).to.include({
        ok: false,
        code: 'not-found',
      });
    expect(await listAnnouncementsOfRoom(eventId, product.clock.now())).to.have.length(1);
    expect(await listAnnouncementsOfRoom(other.eventId, product.clock.now())).to.have.length(0);
  });

  it('refuse what is malformed', async () => {
    const { eventId, moderator } = await openDay();
    for (const wrong of [
      { text: '  ' },
      { text: 'a'.repeat(281) },
      { expiresInMinutes: 0 },
      { urgency: 'shouting' },
      { clientId: 'x' },
      { extra: 1 },
    ])
      expect(await make(moderator, eventId, wrong), JSON.stringify(wrong)).to.include({ code: 'invalid' });
    expect(await AnnouncementModel.countDocuments({ eventId })).to.equal(0);
  });
});
