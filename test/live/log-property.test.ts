import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import { connectLive } from '../../client/islands/live-room/live-connection.ts';
import { createLiveStore, type LiveStore } from '../../client/islands/live-room/live-room.store.ts';
import type { LiveAudience } from '../../server/contracts/live-facts.ts';
import { getLiveRoom } from '../../server/live/live.queries.ts';
import { startLive } from '../../server/live/start-live.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { ask, connect, seedLiveDay, seedMember, seedViewer } from './live-day.ts';
import { messageExamples, idsOfNothing } from './message-examples.ts';

const plenty = { burst: 100_000, perSecond: 100_000 };

/** A web process of live rooms that can be stopped and started again at the same address. */
async function openProcess(product: Product) {
  let port = 0;
  let running: { stop(): Promise<void> } | null = null;
  const start = async () => {
    const server = createServer();
    const live = startLive(server, product.deps, { messagesPerSocket: plenty, messagesPerPerson: plenty });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    running = {
      async stop() {
        await live.stop();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => running?.stop(),
    async restart() {
      await running?.stop();
      await start();
    },
  };
}

/** A page: the store of a browser on a real socket. What is dropped comes back at once. */
function openPage(
  url: string,
  origin: string,
  cookie: string,
  eventId: string,
  audience: LiveAudience,
  start: LiveStore,
) {
  const socket = io(url, {
    transports: ['websocket'],
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 60,
    extraHeaders: { cookie, origin },
  });
  connectLive(
    socket,
    start,
    { eventId, audience },
    {
      now: () => Date.now(),
      // Quicker than a browser, so that a hundred days fit in a minute.
      later: (work, ms) => void setTimeout(work, Math.min(ms, 60)),
      random: () => Math.random(),
      fetchRoom: () => Promise.resolve(null),
    },
  );
  return { socket, store: start };
}

describe('the log of a live page', function () {
  this.timeout(120_000);
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('post' as const),
        text: fc.string({ minLength: 1, maxLength: 20 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('ask' as const),
        text: fc.string({ minLength: 1, maxLength: 20 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('announce' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('drop' as const), page: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), isModerator: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(120) }) },
  );

  it('ends as the server’s, in whatever order things are said, drop, restart and join', async () => {
    let made = 0;
    const day = async (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
      const now = product.clock.now();
      const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
      const viewer = await seedViewer(eventId, organiserId, now);
      const member = await seedMember(organiserId, now);
      const web = await openProcess(product);
      const pages: { audience: LiveAudience; page: ReturnType<typeof openPage> }[] = [];
      const join = async (audience: LiveAudience) => {
        const room = await getLiveRoom(eventId, audience, product.clock.now());
        const store = createLiveStore({ ...room, now: Date.now(), stageId: 'main' });
        const { cookie } = audience === 'viewers' ? viewer : member;
        pages.push({ audience, page: openPage(web.url, product.url, cookie, eventId, audience, store) });
      };
      const examples = messageExamples(idsOfNothing(eventId));
      let director = await connect(web.url, member.cookie, { origin: product.url });
      const say = async (
        name: 'chat:post' | 'question:ask' | 'announcement:make' | 'session:move',
        rest: object,
      ) => {
        made += 1;
        // Nobody says two things in one instant, which would leave their order open.
        product.clock.advance({ seconds: 1 });
        const payload = { ...examples[name], clientId: `property-${made}`, ...rest };
        // A line that drops under a message is part of the day.
        await ask(director, name, payload).catch(() => undefined);
      };
      await join('viewers');
      await join('moderators');
      for (const one of steps) {
        if (one.kind === 'post') await say('chat:post', { text: one.text, replyToId: null });
        else if (one.kind === 'ask') await say('question:ask', { text: one.text, sessionId: null });
        else if (one.kind === 'announce') await say('announcement:make', {});
        else if (one.kind === 'move')
          await say('session:move', {
            sessionId: sessionIds[0],
            move: made % 2 ? 'go-live' : 'pause',
            revision: 1,
          });
        else if (one.kind === 'drop') pages[one.page % pages.length]?.page.socket.io.engine?.close();
        else if (one.kind === 'join') await join(one.isModerator ? 'moderators' : 'viewers');
        else if (one.kind === 'wait') await delay(one.ms);
        else {
          director.disconnect();
          await web.restart();
          director = await connect(web.url, member.cookie, { origin: product.url });
        }
      }
      for (const { audience, page } of pages) {
        const room = await getLiveRoom(eventId, audience, product.clock.now());
        await until(`the number ${room.seq} of ${audience}`, () => page.store.seq.value === room.seq, 20_000);
        expect(page.store.snapshot.value, audience).to.deep.equal(room.snapshot);
      }
      for (const { page } of pages) page.socket.disconnect();
      director.disconnect();
      await web.stop();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), day), {
      numRuns: Number(process.env.PROPERTY_RUNS ?? 6),
      endOnFailure: true,
    });
  });
});
