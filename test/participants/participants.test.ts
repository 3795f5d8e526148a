import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { LiveAnswer } from '../../server/contracts/live-messages.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { disconnected, join } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { openRoom, type Room } from '../chat/chat-room.ts';
import { until } from '../support/until.ts';

describe('people in a live room', () => {
  let product: Product;
  let room: Room;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => (room = await openRoom(product)));
  afterEach(() => room.close());
  after(() => product.close());
  const idOf = async (person: { registrationId?: string; memberId?: string; speakerId?: string }) => {
    const { registrationId, memberId, speakerId } = person;
    const key = registrationId
      ? { registrationId }
      : memberId
        ? { memberId }
        : { speakerId: speakerId ?? '' };
    return (await room.participantOf(key))._id;
  };

  it('silences somebody on all devices for a while, and lets them speak again', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    const { id: messageId } = await room.posted(moderator.socket, 'Welcome');
    const participantId = await idOf(viewer);
    const devices = [viewer.socket, await room.open(viewer.cookie)];
    const told = devices.map((socket) => new Promise((resolve) => socket.once('live:silenced', resolve)));
    const silence = (minutes: number) =>
      room.ask(moderator.socket, 'viewer:silence', { participantId, minutes });
    expect(await silence(5)).to.include({ ok: true });
    const until = '2026-11-24T09:05:00.000Z';
    expect(await Promise.all(told)).to.deep.equal([1, 2].map(() => ({ eventId: room.eventId, until })));
    const refused = await room.post(devices[1]!, 'But');
    expect(refused).to.include({ ok: false, code: 'forbidden' });
    expect(refused).to.have.property('message').that.includes('5 minutes');
    const reaction = { messageId, kind: 'love', isOn: true };
    expect(await room.ask(viewer.socket, 'chat:react', reaction)).to.include({
      ok: false,
      code: 'forbidden',
    });
    expect((await room.sees(moderator.cookie, 'moderators')).silenced).to.deep.include.members([
      {
        participant: (await room.facts('moderators')).flatMap((fact) =>
          fact.name === 'viewer:silenced' ? [fact.viewer.participant] : [],
        )[0],
        until,
        isBanned: false,
      },
    ]);
    expect(await room.facts('viewers')).to.have.length(1);

    expect(await silence(0)).to.include({ ok: true });
    expect(await room.post(devices[1]!, 'Thank you')).to.include({ ok: true });
    await silence(1);
    product.clock.advance({ minutes: 1 });
    expect(await room.post(devices[0]!, 'On time')).to.include({ ok: true });
    const actions = (await AuditEntryModel.find({ 'subject.id': participantId }).lean()).map(
      ({ action }) => action,
    );
    expect(actions).to.have.members(['viewer:silenced', 'viewer:unsilenced', 'viewer:silenced']);
  });

  it('sends somebody out on two devices at once, and keeps them out until they are let in again', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    const participantId = await idOf(viewer);
    const devices = [viewer.socket, await room.open(viewer.cookie)];
    const gone = Promise.all(devices.map(disconnected));
    const ban = (isBanned: boolean) => room.ask(moderator.socket, 'viewer:ban', { participantId, isBanned });
    expect(await ban(true)).to.include({ ok: true });
    expect(await ban(true)).to.include({ ok: true });
    await gone;
    const back = await room.open(viewer.cookie, null);
    expect(await join(back, room.eventId)).to.include({ ok: false, code: 'forbidden' });
    expect(await room.post(back, 'Hello?')).to.include({ ok: false, code: 'forbidden' });
    const told = (await room.facts('moderators')).filter(({ name }) => name === 'viewer:silenced');
    expect(told).to.have.length(1);
    expect(told[0]).to.have.nested.include({ 'viewer.isBanned': true, 'viewer.until': null });
    expect(await ban(false)).to.include({ ok: true });
    expect(await room.post(back, 'I am sorry')).to.include({ ok: true });
  });

  it('sends out speakers too, and never members of the organiser', async () => {
    const [speaker, moderator, owner] = [
      await room.speaker(),
      await room.member(),
      await room.member('owner'),
    ];
    const gone = disconnected(speaker.socket);
    const ban = (participantId: string) =>
      room.ask(moderator.socket, 'viewer:ban', { participantId, isBanned: true });
    await room.posted(owner.socket, 'Hello');
    const ownerId = await idOf(owner);
    expect(await ban(ownerId)).to.include({ ok: false, code: 'forbidden' });
    const silence = { participantId: ownerId, minutes: 5 };
    expect(await room.ask(moderator.socket, 'viewer:silence', silence)).to.include({
      ok: false,
      code: 'forbidden',
    });
    expect(await ban(await idOf(speaker))).to.include({ ok: true });
    await gone;
    expect(await room.come(speaker.cookie, null, 'backstage')).to.include({ ok: false, code: 'forbidden' });
  });

  it('raises a hand where hands are asked for, once, for moderators to see and lower', async () => {
    const [viewer, other, moderator] = [await room.viewer(), await room.viewer(), await room.member()];
    const raise = (person = viewer) => room.ask(person.socket, 'hand:raise', { stageId: 'main' });
    expect(await raise()).to.include({ ok: false, code: 'conflict' });
    await LiveRoomModel.updateOne(
      { _id: room.eventId },
      { $set: { allowsHandRaise: true, organiserId: room.organiserId } },
      { upsert: true },
    );
    expect(await Promise.all([raise(), raise()])).to.deep.equal([{ ok: true }, { ok: true }]);
    const participantId = await idOf(viewer);
    const lower = (person: { socket: typeof viewer.socket }, id: string | null) =>
      room.ask(person.socket, 'hand:lower', { participantId: id });
    expect(await lower(other, participantId)).to.include({ ok: false, code: 'not-found' });
    expect((await room.sees(moderator.cookie, 'moderators')).hands).to.have.length(1);
    expect(await lower(moderator, participantId)).to.include({ ok: true });
    expect(await raise()).to.include({ ok: true });
    expect(await lower(viewer, null)).to.include({ ok: true });
    expect((await room.facts('moderators')).map(({ name }) => name)).to.deep.equal([
      'hand:raised',
      'hand:lowered',
      'hand:raised',
      'hand:lowered',
    ]);
    expect(await room.facts('viewers')).to.deep.equal([]);
    await raise();
    await room.ask(moderator.socket, 'viewer:silence', { participantId, minutes: 5 });
    expect((await room.sees(moderator.cookie, 'moderators')).hands).to.deep.equal([]);
    // Five at once and one a second: the sixth may have to wait.
    const look = async () => {
      const answer = await raise();
      return (answer.ok || answer.code !== 'too-many-requests') && answer;
    };
    const refusal = await until('an answer beyond the rate', look, 15_000, 400);
    expect(refusal).to.include({ ok: false, code: 'forbidden' });
  });

  it('finds people by the start of any word of name or organisation, and tells who is here', async () => {
    const [sian, ann, moderator] = [
      await room.viewer('Siân Price-Jones', 'Cyngor Gwynedd'),
      await room.viewer('Ann (.*) Sian', 'NHS'),
      await room.member(),
    ];
    const find = async (text: string, more: object = {}) => {
      const query = { text, isHere: false, page: 1, ...more };
      const answer = await room.ask<LiveAnswer<'viewer:find'>>(moderator.socket, 'viewer:find', query);
      if (!answer.ok) throw new Error(answer.message);
      return { total: answer.total, names: answer.viewers.map(({ name }) => name) };
    };
    expect(await find('SIAN')).to.deep.equal({ total: 2, names: ['Ann (.*) Sian', 'Siân Price-Jones'] });
    expect(await find('jon gwy')).to.deep.equal({ total: 1, names: ['Siân Price-Jones'] });
    expect(await find('rice')).to.deep.equal({ total: 0, names: [] });
    expect(await find('.*')).to.include({ total: 3 });
    expect(await find('', { page: 2 })).to.deep.equal({ total: 3, names: [] });
    const seen = (person: typeof ann, secondsAgo: number) =>
      ParticipantModel.updateOne(
        { registrationId: person.registrationId },
        { $set: { lastSeenAt: new Date(product.clock.now().getTime() - secondsAgo * 1000) } },
      );
    await seen(ann, 76);
    await seen(sian, 75);
    expect((await find('s', { isHere: true })).names).to.deep.equal(['Siân Price-Jones']);
    const query = { text: '', isHere: false, page: 1 };
    expect(await room.ask(ann.socket, 'viewer:find', query)).to.include({ ok: false, code: 'not-found' });
  });

  it('lets nobody from elsewhere decide about people', async () => {
    const viewer = await room.viewer();
    const participantId = await idOf(viewer);
    const elsewhere = await openRoom(product);
    const [stranger, moderator] = [await elsewhere.viewer(), await elsewhere.member()];
    const payloads = {
      'viewer:silence': { participantId, minutes: 5 },
      'viewer:ban': { participantId, isBanned: true },
      'hand:lower': { participantId },
    } as const;
    for (const [name, payload] of Object.entries(payloads) as [keyof typeof payloads, object][])
      for (const socket of [stranger.socket, moderator.socket, viewer.socket]) {
        const isOwnHand = name === 'hand:lower' && socket === viewer.socket;
        expect((await room.ask(socket, name, payload)).ok, name).to.equal(isOwnHand);
        if (name !== 'hand:lower')
          expect((await elsewhere.ask(socket, name, payload)).ok, name).to.equal(false);
      }
    elsewhere.close();
    const person = await ParticipantModel.findById(participantId).lean();
    expect(person).to.include({ bannedAt: null, silencedUntil: null });
  });
});
