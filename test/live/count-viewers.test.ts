import { expect } from 'chai';
import type { LiveSocket } from './live-day.ts';
import { connect, join, seedLiveDay, seedViewer } from './live-day.ts';
import { hearPeer, addPeerCarrier, type PeerEnvelope } from '../../server/platform/realtime/peer-bus.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('how many people watch', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  const sockets: LiveSocket[] = [];

  before(async () => {
    product = await openProduct();
    day = await seedLiveDay(product.deps.clock.now());
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(() => product.close());

  const seed = () => seedViewer(day.eventId, day.organiserId, product.deps.clock.now());
  const watch = async (cookie: string) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    const counts: number[] = [];
    const times: number[] = [];
    socket.on('live:viewers', ({ eventId, count }) => {
      expect(eventId).to.equal(day.eventId);
      counts.push(count);
      times.push(performance.now());
    });
    await join(socket, day.eventId);
    return { socket, counts, times };
  };

  it('counts a person on two devices once, follows who leaves, and is told at most once a second', async () => {
    const [ada, ben] = [await seed(), await seed()];
    const first = await watch(ada.cookie);
    await watch(ada.cookie);
    await until('one person', () => first.counts.at(-1) === 1);
    const other = await watch(ben.cookie);
    await until('two people', () => first.counts.at(-1) === 2);
    other.socket.disconnect();
    await until('one again', () => first.counts.at(-1) === 1);
    for (const [index, at] of first.times.entries())
      if (index > 0) expect(at - first.times[index - 1]!).to.be.greaterThan(950);
    expect(first.counts.every((count, index) => count !== first.counts[index - 1])).to.equal(true);
  });

  it('adds who watches through other processes, tells them its own, and lets go of those who said farewell', async () => {
    const sent: PeerEnvelope[] = [];
    const stop = addPeerCarrier((envelope) => sent.push(envelope));
    const { counts } = await watch((await seed()).cookie);
    const peer = (process: string, count: number) =>
      hearPeer({ topic: 'viewers:counted', payload: { process, eventId: day.eventId, count } });
    peer('another', 40);
    peer('a third', 2);
    await until('all of them', () => counts.at(-1) === 43);
    peer('another', 41);
    await until('the newer number instead of the old', () => counts.at(-1) === 44);
    peer('another', 0);
    await until('those of the third and its own', () => counts.at(-1) === 3);
    peer('a third', 0);
    hearPeer({ topic: 'viewers:counted', payload: { process: 'broken', eventId: day.eventId, count: -5 } });
    hearPeer({ topic: 'no such thing', payload: {} });
    hearPeer(null);
    await until('its own alone', () => counts.at(-1) === 1);
    await until('others to be told of its own', () =>
      sent.some(({ topic, payload }) => topic === 'viewers:counted' && Reflect.get(payload, 'count') === 1),
    );
    stop();
  });
});
