import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import mongoose from 'mongoose';
import type { EnteredStudio } from '../../server/contracts/studio-room.ts';
import { startLive } from '../../server/live/start-live.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { iceServers } from '../../server/platform/media/ice-servers.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import {
  ask,
  connect,
  disconnected,
  seedLiveDay,
  seedMember,
  seedSpeaker,
  type LiveSocket,
} from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('the right to be in a backstage room', function () {
  this.timeout(60_000);
  let product: Product;
  let url: string;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let close: () => Promise<void>;
  const sockets: LiveSocket[] = [];

  before(async () => {
    product = await openProduct({ worker: false });
    const server = createServer();
    const live = startLive(server, product.deps, { recheckMs: 40 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = async () => {
      await live.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
  });
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(async () => {
    await close();
    await product.close();
  });

  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await connect(url, cookie, { origin: product.url });
    sockets.push(socket);
    return socket;
  };
  const stage = () => ({ eventId: day.eventId, stageId: 'main' });
  const enter = (socket: LiveSocket, peerId: string, role: 'host' | 'guest', isNew = true) =>
    ask<EnteredStudio>(socket, 'studio:enter', { ...stage(), peerId, role, isNew });
  const speaker = (name = 'Ana Sousa') =>
    seedSpeaker(day.organiserId, day.sessionIds[1], product.clock.now(), name);

  it('ends within the re-check for a speaker whose session moves to another stage', async () => {
    const guest = await open(await speaker());
    expect(await enter(guest, 'ana-page', 'guest')).to.include({ ok: true });
    const gone = disconnected(guest);
    await SessionModel.updateMany({ eventId: day.eventId }, { $set: { stageId: 'elsewhere' } });
    await gone;
  });

  it('ends within the re-check for an organiser who becomes a moderator', async () => {
    const hannah = await seedMember(day.organiserId, product.clock.now());
    const host = await open(hannah);
    expect(await enter(host, 'host-page', 'host')).to.include({ ok: true });
    const gone = disconnected(host);
    await MemberModel.updateOne({ _id: hannah.memberId }, { $set: { role: 'moderator' } });
    await gone;
  });

  it('is asked for once at each re-check, however many pages somebody comes with', async () => {
    const guest = await open(await speaker());
    for (let page = 0; page < 8; page += 1)
      expect(await enter(guest, `ana-page-${page}`, 'guest')).to.include({ ok: true });
    const asked = new Map<string, number>();
    mongoose.set('debug', (name) => void asked.set(name, (asked.get(name) ?? 0) + 1));
    const times = (name: string) => asked.get(name) ?? 0;
    await until('ten re-checks', () => times('sign-ins') >= 10);
    mongoose.set('debug', false);
    expect(times('sessions') / times('sign-ins')).to.be.below(4);
  });

  it('tells a guest that the host’s page was killed, once its lease is over', async () => {
    const host = await open(await seedMember(day.organiserId, product.clock.now()));
    const [ana, ben] = [await open(await speaker()), await open(await speaker('Ben Idle'))];
    await enter(host, 'host-page', 'host');
    await enter(ana, 'ana-page', 'guest');
    await enter(ben, 'ben-page', 'guest');
    const hears: string[][] = [];
    ben.on('studio:changed', ({ room }) => void hears.push(room.seats.map(({ peerId }) => peerId)));
    host.disconnect();
    product.clock.advance({ seconds: 20 });
    await enter(ben, 'ben-page', 'guest', false);
    await enter(ana, 'ana-page', 'guest', false);
    product.clock.advance({ seconds: 6 });
    await enter(ana, 'ana-page', 'guest', false);
    await until('the other guest to hear it', () => hears.length > 0);
    expect(hears).to.deep.equal([['ana-page', 'ben-page']]);
  });

  it('lets a host answer four guests at once, within the limits of every socket', async () => {
    const host = await open(await seedMember(day.organiserId, product.clock.now()));
    await enter(host, 'host-page', 'host');
    const names = ['A', 'B', 'C', 'D'];
    for (const name of names) await enter(await open(await speaker(name)), `page-of-${name}`, 'guest');
    const signals = [
      { kind: 'answer', sdp: 'x'.repeat(9_000) },
      { kind: 'standing', isOnAir: true, isMuted: false },
      { kind: 'standing', isOnAir: true, isMuted: true },
    ];
    const answers = await Promise.all(
      names.flatMap((name) =>
        signals.map((signal) =>
          ask(host, 'studio:signal', {
            ...stage(),
            peerId: 'host-page',
            toPeerId: `page-of-${name}`,
            signal,
          }),
        ),
      ),
    );
    expect(answers.filter(({ ok }) => !ok)).to.deep.equal([]);
  });
});

describe('what a page is told of relays', () => {
  const now = new Date('2026-11-24T09:00:00Z');

  it('is a name that ends in twelve hours and the password that coturn makes of it', () => {
    const turn = { urls: ['turn:turn.example.org:3478'], secret: 'a secret shared with coturn' };
    const [stun, relay] = iceServers({ stunUrls: ['stun:a.example'], turn }, 'participant-1', now);
    expect(stun).to.deep.equal({ urls: ['stun:a.example'] });
    const username = `${now.getTime() / 1_000 + 43_200}:participant-1`;
    const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
    expect(relay).to.deep.equal({ urls: turn.urls, username, credential });
  });

  it('is nothing where the operator set nothing', () => {
    expect(iceServers({ stunUrls: [], turn: null }, 'participant-1', now)).to.deep.equal([]);
  });
});
