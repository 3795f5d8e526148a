import { expect } from 'chai';
import type { LivePush } from '../../server/contracts/live-events.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { addPeerCarrier, hearPeer, type PeerEnvelope } from '../../server/platform/realtime/peer-bus.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { ask, connect, join, seedLiveDay, seedMember, seedViewer, type LiveSocket } from './live-day.ts';

describe('reactions', () => {
  let product: Product;
  const sockets: LiveSocket[] = [];
  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  const tap = (socket: LiveSocket, eventId: string, taps: object = { applause: 1 }, stageId = 'main') =>
    ask(socket, 'reaction:send', { eventId, stageId, taps });
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(() => product.close());

  async function openDay() {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    const seeded = await Promise.all([1, 2].map(() => seedViewer(day.eventId, day.organiserId, now)));
    const [one, two] = await Promise.all(seeded.map(open));
    if (!one || !two || !seeded[0]) throw new Error('two viewers were expected');
    await join(one, day.eventId);
    return { ...day, one, two, registrationId: seeded[0].registrationId };
  }

  it('are told to everybody in the room as one sum a second', async () => {
    const { eventId, one, two } = await openDay();
    const pushes: LivePush<'live:reactions'>[] = [];
    const heard = new Promise<void>((resolve) =>
      one.on('live:reactions', (push) => {
        pushes.push(push);
        resolve();
      }),
    );
    const answers = await Promise.all([
      tap(one, eventId, { applause: 3 }),
      tap(two, eventId, { applause: 2, lost: 1 }),
      tap(two, eventId, {}),
    ]);
    expect(answers).to.deep.equal([{ ok: true }, { ok: true }, { ok: true }]);
    await heard;
    expect(pushes).to.deep.equal([{ eventId, stageId: 'main', taps: { applause: 5, lost: 1 } }]);
  });

  it('of other processes are in the same push, and are not told back to them', async () => {
    const { eventId, one } = await openDay();
    const told: PeerEnvelope[] = [];
    const stop = addPeerCarrier((envelope) => void told.push(envelope));
    const pushes: LivePush<'live:reactions'>[] = [];
    const heard = new Promise<void>((resolve) =>
      one.on('live:reactions', (push) => {
        pushes.push(push);
        resolve();
      }),
    );
    await tap(one, eventId, { useful: 2 });
    const payload = { eventId, stageId: 'main', taps: { useful: 5, love: 1 } };
    hearPeer({ topic: 'reactions:tapped', payload });
    hearPeer({ topic: 'reactions:tapped', payload: { ...payload, taps: { useful: -1 } } });
    await heard;
    expect(pushes).to.deep.equal([{ eventId, stageId: 'main', taps: { useful: 7, love: 1 } }]);
    await until('the peers to be told', () => told.some(({ topic }) => topic === 'reactions:tapped'));
    stop();
    expect(told.filter(({ topic }) => topic === 'reactions:tapped')).to.deep.equal([
      { topic: 'reactions:tapped', payload: { eventId, stageId: 'main', taps: { useful: 2 } } },
    ]);
  });

  it('are refused to the silenced, the banned, onlookers, strangers and while they are off', async () => {
    const { eventId, organiserId, one, two, registrationId } = await openDay();
    const now = product.clock.now();
    const key = { eventId, key: `registration:${registrationId}` };
    const later = new Date(now.getTime() + 60_000);
    expect(await tap(one, eventId)).to.deep.equal({ ok: true });
    await ParticipantModel.updateOne(key, { $set: { silencedUntil: later } });
    expect(await tap(one, eventId)).to.include({ ok: false, code: 'forbidden' });
    await ParticipantModel.updateOne(key, { $set: { silencedUntil: now } });
    expect(await tap(one, eventId)).to.deep.equal({ ok: true });
    await LiveRoomModel.create([{ _id: eventId, organiserId, areReactionsOn: false }]);
    expect(await tap(two, eventId)).to.include({ ok: false, code: 'conflict' });

    const elsewhere = await openDay();
    expect(await tap(elsewhere.one, eventId)).to.include({ ok: false, code: 'forbidden' });
    const onlooker = await open(await seedMember(organiserId, now, 'viewer'));
    expect(await tap(onlooker, eventId)).to.include({ ok: false, code: 'forbidden' });
    await ParticipantModel.updateOne(
      { eventId: elsewhere.eventId, key: `registration:${elsewhere.registrationId}` },
      { $set: { bannedAt: now } },
    );
    expect(await tap(elsewhere.one, elsewhere.eventId)).to.include({ ok: false, code: 'forbidden' });
  });

  it('are limited for one person over all devices, and must be well formed', async () => {
    const { eventId, two } = await openDay();
    for (const taps of [{ applause: 11 }, { applause: 0 }, { party: 1 }])
      expect(await tap(two, eventId, taps)).to.include({ ok: false, code: 'invalid' });
    const day = await openDay();
    expect(await tap(day.two, day.eventId, { love: 1 }, 'other')).to.include({ code: 'not-found' });
    const answers = [];
    for (let round = 0; round < 5; round += 1) answers.push(await tap(day.one, day.eventId));
    expect(answers.slice(0, 3)).to.deep.equal([{ ok: true }, { ok: true }, { ok: true }]);
    expect(answers[4]).to.include({ ok: false, code: 'too-many-requests' });
  });
});
