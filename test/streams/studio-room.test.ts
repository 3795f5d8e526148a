import { expect } from 'chai';
import type { LivePush } from '../../server/contracts/live-events.ts';
import type { EnteredStudio, StudioSeat } from '../../server/contracts/studio-room.ts';
import { loadConfig } from '../../server/config.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { addPeerCarrier, hearPeer } from '../../server/platform/realtime/peer-bus.ts';
import { StudioRoomModel } from '../../server/streams/studio-room.model.ts';
import { openRoomsWithoutLimits, type Rooms } from '../live/outsiders.ts';
import {
  ask,
  disconnected,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedSpeaker,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

type Signalled = LivePush<'studio:signalled'>;
const offer = { kind: 'offer', sdp: 'v=0\r\n' } as const;

describe('the backstage room', function () {
  this.timeout(30_000);
  let product: Product;
  let rooms: Rooms;
  let otherProcess: Rooms;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  const sockets: LiveSocket[] = [];
  let stopCarrying: () => void;

  before(async () => {
    const secret = 'a secret shared with coturn';
    const environment = { TURN_URLS: 'turn:turn.example.org:3478', TURN_SECRET: secret };
    product = await openProduct({ worker: false, environment });
    rooms = await openRoomsWithoutLimits(product);
    otherProcess = await openRoomsWithoutLimits(product);
    // As the other process would get it: over a wire, not by reference.
    stopCarrying = addPeerCarrier((envelope) => hearPeer(JSON.parse(JSON.stringify(envelope))));
  });
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(async () => {
    stopCarrying();
    await rooms.close();
    await otherProcess.close();
    await product.close();
  });

  const open = async ({ cookie }: { cookie: string }, at = rooms) => {
    const socket = await at.open(cookie);
    sockets.push(socket);
    return socket;
  };
  const member = (role?: 'owner' | 'organiser' | 'moderator') =>
    seedMember(day.organiserId, product.clock.now(), role);
  const speaker = (name = 'Ana Sousa') =>
    seedSpeaker(day.organiserId, day.sessionIds[1], product.clock.now(), name);
  const stage = () => ({ eventId: day.eventId, stageId: 'main' as string | null });
  const enter = (socket: LiveSocket, peerId: string, role: 'host' | 'guest', isNew = true, place = stage()) =>
    ask<EnteredStudio>(socket, 'studio:enter', { ...place, peerId, role, isNew });
  const signal = (socket: LiveSocket, peerId: string, toPeerId: string, what: object = offer) =>
    ask(socket, 'studio:signal', { ...stage(), peerId, toPeerId, signal: what });
  const codeOf = async (answer: ReturnType<typeof ask>) => {
    const given = await answer;
    return given.ok ? 'ok' : given.code;
  };
  const heardBy = (socket: LiveSocket) => {
    const heard: Signalled[] = [];
    socket.on('studio:signalled', (push) => void heard.push(push));
    return heard;
  };

  /** A host and a guest, at two processes. */
  async function openRoom() {
    const [host, guest] = [await open(await member()), await open(await speaker(), otherProcess)];
    expect(await codeOf(enter(host, 'host-page', 'host'))).to.equal('ok');
    expect(await codeOf(enter(guest, 'ana-page', 'guest'))).to.equal('ok');
    return { host, guest };
  }

  it('tells host and guest of each other, whichever process they are at, and carries what they signal', async () => {
    const host = await open(await member());
    const told: LivePush<'studio:changed'>[] = [];
    host.on('studio:changed', (push) => void told.push(push));
    await enter(host, 'host-page', 'host');
    const guest = await open(await speaker('Ana Sousa'), otherProcess);
    const answer = await enter(guest, 'ana-page', 'guest');
    if (!answer.ok) throw new Error(answer.message);
    const [{ participantId: hannah }, { participantId: ana }] = answer.room.seats as [StudioSeat, StudioSeat];
    expect(answer.room.seats).to.deep.equal([
      { peerId: 'host-page', participantId: hannah, role: 'host', name: 'Hannah Osei' },
      { peerId: 'ana-page', participantId: ana, role: 'guest', name: 'Ana Sousa' },
    ]);
    await until('the host to hear of the guest', () =>
      told.some(({ room }) => room.revision === answer.room.revision && room.seats.length === 2),
    );
    const [atHost, atGuest] = [heardBy(host), heardBy(guest)];
    expect(await codeOf(signal(guest, 'ana-page', 'host-page'))).to.equal('ok');
    await until('the offer', () => atHost.length > 0);
    expect(atHost[0]).to.deep.equal({
      ...{ ...stage(), fromPeerId: 'ana-page', toPeerId: 'host-page', signal: offer },
    });
    await signal(host, 'host-page', 'ana-page', { kind: 'answer', sdp: 'v=0' });
    await until('the answer', () => atGuest.some((push) => push.signal.kind === 'answer'));
  });

  it('gives a relay’s name and a password that end by themselves', async () => {
    const answer = await enter(await open(await speaker()), 'ana-page', 'guest');
    if (!answer.ok) throw new Error(answer.message);
    const [server] = answer.iceServers;
    expect(answer.iceServers).to.have.length(1);
    expect(server?.urls).to.deep.equal(['turn:turn.example.org:3478']);
    expect(server?.username).to.match(new RegExp(`^${Date.parse('2026-11-24T21:00:00Z') / 1_000}:[\\w-]+$`));
    expect(server?.credential).to.match(/^[\w+/]{27}=$/);
  });

  it('carries nothing from guest to guest, from a page that is not one’s own, or to another stage', async () => {
    const { host, guest } = await openRoom();
    const ben = await open(await speaker('Ben Idle'));
    await enter(ben, 'ben-page', 'guest');
    const heard = [host, guest, ben].map(heardBy);
    expect(await codeOf(signal(ben, 'ben-page', 'ana-page'))).to.equal('not-found');
    expect(await codeOf(signal(ben, 'ana-page', 'host-page'))).to.equal('not-found');
    expect(await codeOf(signal(ben, 'host-page', 'ana-page'))).to.equal('not-found');
    expect(await codeOf(signal(ben, 'ben-page', 'nobody-page'))).to.equal('not-found');
    const elsewhere = await seedLiveDay(product.clock.now());
    const stranger = await open(await seedMember(elsewhere.organiserId, product.clock.now()));
    const there = { eventId: elsewhere.eventId, stageId: 'main' };
    await enter(stranger, 'strange-page', 'host', true, there);
    const across = { ...there, peerId: 'strange-page', toPeerId: 'ana-page', signal: offer };
    expect(await codeOf(ask(stranger, 'studio:signal', across))).to.equal('not-found');
    // What would have arrived before this has not.
    await signal(ben, 'ben-page', 'host-page');
    await until('what is allowed', () => heard[0]?.some(({ fromPeerId }) => fromPeerId === 'ben-page'));
    expect(heard[1]).to.deep.equal([]);
    expect(heard[0]?.every(({ fromPeerId }) => fromPeerId === 'ben-page')).to.equal(true);
  });

  it('is for organisers, and for speakers of a session on that stage', async () => {
    const now = product.clock.now();
    const viewer = await open(await seedViewer(day.eventId, day.organiserId, now));
    expect(await codeOf(enter(viewer, 'viewer-page', 'guest'))).to.equal('not-found');
    const stranger = await seedSignIn({ kind: 'attendee', email: 'stranger@example.org' }, now);
    expect(await codeOf(enter(await open(stranger), 'stranger-page', 'guest'))).to.equal('not-found');
    expect(await codeOf(enter(await open(await member('moderator')), 'mod-page', 'host'))).to.equal(
      'forbidden',
    );
    const ana = await open(await speaker());
    expect(await codeOf(enter(ana, 'ana-page', 'host'))).to.equal('forbidden');
    const nowhere = { ...stage(), stageId: 'cellar' };
    expect(await codeOf(enter(ana, 'ana-page', 'guest', true, nowhere))).to.equal('not-found');
    await SessionModel.updateMany({ eventId: day.eventId }, { $set: { stageId: 'elsewhere' } });
    expect(await codeOf(enter(ana, 'ana-page', 'guest'))).to.equal('not-found');
    expect(await StudioRoomModel.countDocuments({ eventId: day.eventId })).to.equal(0);
  });

  it('lets exactly four of seven guests in who come at the same moment, at two processes', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const guests = [];
    for (const [place, name] of names.entries())
      guests.push(await open(await speaker(name), place % 2 === 0 ? rooms : otherProcess));
    const codes = await Promise.all(
      guests.map((guest, place) => codeOf(enter(guest, `page-of-${place}`, 'guest'))),
    );
    expect(codes.filter((code) => code === 'ok')).to.have.length(4);
    expect(codes.filter((code) => code === 'conflict')).to.have.length(3);
    const stored = await StudioRoomModel.findOne({ eventId: day.eventId }).lean();
    expect(stored?.seats).to.have.length(4);
  });

  it('belongs to the organiser who opened it last; the earlier page does not take it back by staying', async () => {
    const { host } = await openRoom();
    const second = await open(await member('owner'));
    expect(await codeOf(enter(second, 'second-page', 'host'))).to.equal('ok');
    expect(await codeOf(enter(host, 'host-page', 'host', false))).to.equal('conflict');
    expect(await codeOf(signal(host, 'host-page', 'ana-page'))).to.equal('not-found');
    expect(await codeOf(enter(second, 'second-page', 'host', false))).to.equal('ok');
  });

  it('tells apart two people who come one after the other with the same page', async () => {
    const { host, guest } = await openRoom();
    const heard = new Map<string, StudioSeat>();
    host.on('studio:changed', ({ room }) => {
      for (const seat of room.seats) if (seat.role === 'guest') heard.set(seat.participantId, seat);
    });
    await ask(guest, 'studio:leave', { ...stage(), peerId: 'ana-page' });
    await enter(guest, 'ana-page', 'guest');
    await ask(guest, 'studio:leave', { ...stage(), peerId: 'ana-page' });
    expect(await codeOf(enter(await open(await speaker()), 'ana-page', 'guest'))).to.equal('ok');
    await until('the host to hear of both', () => heard.size === 2);
    const both = [...heard.values()].map(({ peerId, name }) => `${name} at ${peerId}`);
    expect(both).to.deep.equal(['Ana Sousa at ana-page', 'Ana Sousa at ana-page']);
  });

  it('lets go of whoever leaves at once, and of a page that was killed after the lease', async () => {
    const { host, guest } = await openRoom();
    const told: number[] = [];
    host.on('studio:changed', ({ room }) => void told.push(room.seats.length));
    await ask(guest, 'studio:leave', { ...stage(), peerId: 'ana-page' });
    await until('the host to hear that the guest left', () => told.at(-1) === 1);
    await enter(guest, 'ana-page', 'guest');
    await until('the host to hear that the guest came', () => told.at(-1) === 2);
    guest.disconnect();
    product.clock.advance({ seconds: 20 });
    await enter(host, 'host-page', 'host', false);
    product.clock.advance({ seconds: 6 });
    const answer = await enter(host, 'host-page', 'host', false);
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.room.seats.map(({ peerId }) => peerId)).to.deep.equal(['host-page']);
  });

  it('refuses what is no message, and a description too large for it', async () => {
    const { guest } = await openRoom();
    const wrong: object[] = [
      { kind: 'offer', sdp: 'x'.repeat(12_001) },
      { kind: 'candidate', sdp: '' },
      { kind: 'standing', isOnAir: 'yes', isMuted: false },
    ];
    for (const what of wrong)
      expect(await codeOf(signal(guest, 'ana-page', 'host-page', what))).to.equal('invalid');
    const large = { kind: 'offer', sdp: 'x'.repeat(12_000) };
    expect(await codeOf(signal(guest, 'ana-page', 'host-page', large))).to.equal('ok');
    const gone = disconnected(guest);
    void enter(guest, '../page', 'guest').catch(() => undefined);
    for (let time = 0; time < 8; time += 1) void enter(guest, '', 'guest').catch(() => undefined);
    await gone;
  });
});

describe('the settings of a TURN server', () => {
  const settings = (environment: Record<string, string>) => () =>
    loadConfig({ NODE_ENV: 'test', ...environment });

  it('belong together, and are addresses', () => {
    expect(settings({ TURN_URLS: 'turn:turn.example.org' })).to.throw('TURN_URLS and TURN_SECRET belong');
    expect(settings({ TURN_SECRET: 'long enough a secret' })).to.throw('TURN_URLS and TURN_SECRET belong');
    expect(settings({ STUN_URLS: 'https://stun.example.org' })).to.throw('STUN_URLS must be addresses');
    const { ice } = settings({
      STUN_URLS: 'stun:a.example:3478, stuns:b.example',
      TURN_URLS: 'turn:c.example,turns:c.example:443?transport=tcp',
      TURN_SECRET: 'long enough a secret',
    })().media;
    expect(ice.stunUrls).to.deep.equal(['stun:a.example:3478', 'stuns:b.example']);
    expect(ice.turn?.urls).to.deep.equal(['turn:c.example', 'turns:c.example:443?transport=tcp']);
  });
});
