import { createServer, type Server } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { AppError } from '../../../server/contracts/problem.ts';
import { createLogger } from '../../../server/platform/logging/create-logger.ts';
import { liveMessage } from '../../../server/platform/realtime/live-message.ts';
import { announceRevokedSignIn } from '../../../server/platform/realtime/revoked-sign-ins.ts';
import {
  startRealtime,
  type Realtime,
  type RealtimeLimits,
} from '../../../server/platform/realtime/start-realtime.ts';
import type { Who } from '../../../server/platform/realtime/who.ts';
import { createSecretBox } from '../../../server/platform/secrets/secret-box.ts';
import { systemClock } from '../../../server/platform/time/clock.ts';
import { until } from '../../support/until.ts';

const person = (email: string): Who => ({
  actor: { kind: 'attendee', email, signInId: `s-${email}` },
  passes: [],
});
const roomy = { burst: 10_000, perSecond: 10_000 };
const generous = { messagesPerSocket: roomy, messagesPerPerson: roomy, socketsPerPerson: 500 };

/** Four messages: one that works, one that throws, one that rejects, one nobody may send. */
const messages = [
  liveMessage({
    name: 'room:enter',
    schema: z.strictObject({ room: z.string().max(100) }),
    permit: (who) => Promise.resolve(who),
    async handle({ room }, _permit, seat) {
      await seat.enter(room, async (who) => {
        if (who.actor.kind === 'attendee' && banned.has(who.actor.email))
          throw new AppError('forbidden', 'Out.');
        return Promise.resolve(who);
      });
      return { room };
    },
  }),
  liveMessage({
    name: 'fault:throw',
    schema: z.strictObject({}),
    permit: () => Promise.resolve({}),
    handle: () => {
      throw new TypeError('a bug');
    },
  }),
  liveMessage({
    name: 'fault:reject',
    schema: z.strictObject({}),
    permit: () => Promise.resolve({}),
    handle: () => Promise.reject(new Error('secret detail')),
  }),
  liveMessage({
    name: 'vault:open',
    schema: z.strictObject({}),
    permit: () => Promise.reject(new AppError('forbidden', 'Not for you.')),
    handle: () => Promise.resolve({}),
  }),
];
const banned = new Set<string>();

describe('realtime', () => {
  let server: Server;
  let realtime: Realtime;
  let url: string;
  const sockets: Socket[] = [];

  const start = async (limits: Partial<RealtimeLimits> = {}) => {
    server = createServer((_request, response) => void response.end('a page'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    realtime = startRealtime(server, {
      publicUrl: url,
      logger: createLogger('silent'),
      limits: { ...generous, ...limits },
      secrets: createSecretBox('ab'.repeat(32)),
      clock: systemClock,
      authenticate: (cookie) =>
        Promise.resolve(
          cookie && !banned.has(cookie) ? person(cookie) : { actor: { kind: 'visitor' }, passes: [] },
        ),
    });
    realtime.serve(messages);
  };
  const open = (email: string, options: { origin?: string; transports?: string[] } = {}) => {
    const socket = io(url, {
      transports: options.transports ?? ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie: email, origin: options.origin ?? url },
    });
    sockets.push(socket);
    return new Promise<Socket>((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', reject);
    });
  };
  const ask = (socket: Socket, name: string, payload: unknown): Promise<Record<string, unknown>> =>
    socket.timeout(3_000).emitWithAck(name, payload) as Promise<Record<string, unknown>>;
  const gone = (socket: Socket) => new Promise<string>((resolve) => socket.once('disconnect', resolve));
  const stillServes = async () => {
    expect(await (await fetch(url)).text()).to.equal('a page');
    const fresh = await open('somebody-else@example.org');
    expect(await ask(fresh, 'room:enter', { room: 'a' })).to.deep.equal({ ok: true, room: 'a' });
  };

  beforeEach(() => start());
  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.disconnect());
    await realtime.stop();
    server.closeAllConnections();
    server.close();
    banned.clear();
  });

  it('lets no handler be written without a permission', () => {
    // @ts-expect-error permit is required: this must not compile
    const message = liveMessage({
      name: 'a:b',
      schema: z.strictObject({}),
      handle: () => Promise.resolve({}),
    });
    expect(message.name).to.equal('a:b');
  });

  it('refuses a foreign, missing or opaque Origin, by websocket and by polling', async () => {
    for (const transports of [['websocket'], ['polling']]) {
      for (const origin of ['https://evil.example', 'null', '']) {
        const refused = await open('a@example.org', { origin, transports }).then(
          () => 'admitted',
          () => 'refused',
        );
        expect(refused, `${transports[0]} ${origin}`).to.equal('refused');
      }
      expect((await open('a@example.org', { transports })).connected).to.equal(true);
    }
  });

  it('admits nobody who is not signed in, and says so', async () => {
    const error = await open('').catch((reason: Error & { data?: { code: string } }) => reason.data?.code);
    expect(error).to.equal('not-signed-in');
  });

  it('answers a throwing, a rejecting and a forbidden message by code, without its detail', async () => {
    const socket = await open('a@example.org');
    for (const name of ['fault:throw', 'fault:reject']) {
      const answer = await ask(socket, name, {});
      expect(answer).to.include({ ok: false, code: 'internal' });
      expect(JSON.stringify(answer)).to.not.match(/bug|secret/);
    }
    expect(await ask(socket, 'vault:open', {})).to.include({ ok: false, code: 'forbidden' });
    await stillServes();
  });

  it('bears every malformed payload: an ack with a code or a cut, never an end of the process', async function () {
    this.timeout(30_000);
    const names = fc.constantFrom(
      'room:enter',
      'vault:open',
      'fault:throw',
      'error',
      'message',
      '__proto__',
      'toString',
      '',
    );
    let socket = await open('a@example.org');
    await fc.assert(
      fc.asyncProperty(names, fc.jsonValue(), async (name, payload) => {
        if (!socket.connected) socket = await open('a@example.org');
        const answer = await Promise.race([
          ask(socket, name, payload),
          gone(socket).then(() => ({ ok: false, code: 'cut off' })),
        ]);
        const isGood = name === 'room:enter' && typeof payload === 'object' && payload && 'room' in payload;
        if (!isGood) {
          expect(answer).to.include({ ok: false });
          expect(answer.code).to.be.a('string');
        }
      }),
      { numRuns: 150 },
    );
    await stillServes();
  });

  it('bears messages with no ack, an ack that is no function, and too many parts', async () => {
    const socket = await open('a@example.org');
    socket.emit('room:enter', { room: 'b' });
    socket.emit('room:enter', { room: 'b' }, 'not a function');
    socket.emit('room:enter');
    socket.emit('room:enter', { room: 'b' }, 1, 2, 3);
    socket.emit('error', 'a name that an emitter would throw');
    expect(await ask(socket, 'room:enter', { room: 'a' })).to.include({ ok: true });
    expect(realtime.roomSize('b')).to.equal(0);
    await stillServes();
  });

  it('cuts off who sends unknown names again and again', async () => {
    const socket = await open('a@example.org');
    const cut = gone(socket);
    for (let i = 0; i < 6; i += 1) socket.emit('no:such', {}, () => undefined);
    expect(await cut).to.be.oneOf(['io server disconnect', 'transport close']);
    await stillServes();
  });

  it('cuts off a message over 16 kB and raw packets that are no packets', async () => {
    const large = await open('a@example.org');
    large.emit('room:enter', { room: 'x'.repeat(20_000) }, () => undefined);
    expect(await gone(large)).to.be.oneOf(['transport close', 'transport error']);
    for (const raw of [
      'garbage',
      '42',
      '42["room:enter"',
      '4999999999-[]',
      '451-["a",{"_placeholder":true,"num":9}]',
    ]) {
      const socket = await open('a@example.org');
      const cut = gone(socket);
      (socket.io.engine as unknown as { write(text: string): void }).write(raw);
      socket.io.engine.transport.send([{ type: 'message', data: raw }]);
      await Promise.race([cut, ask(socket, 'room:enter', { room: 'a' })]);
    }
    await stillServes();
  });

  it('slows down a person over all sockets, with the time to wait, and then cuts off', async () => {
    await realtime.stop();
    server.close();
    await start({ messagesPerPerson: { burst: 5, perSecond: 1 } });
    const [one, two] = await Promise.all([open('a@example.org'), open('a@example.org')]);
    for (let i = 0; i < 5; i += 1)
      expect(await ask(one, 'room:enter', { room: 'a' })).to.include({ ok: true });
    const refused = await ask(two, 'room:enter', { room: 'a' });
    expect(refused).to.include({ ok: false, code: 'too-many-requests' });
    expect(refused.retryAfterMs).to.be.within(1, 1_000);
    expect(await ask(await open('b@example.org'), 'room:enter', { room: 'a' })).to.include({ ok: true });
    const cut = gone(two);
    for (let i = 0; i < 80; i += 1) two.emit('room:enter', { room: 'a' }, () => undefined);
    await cut;
  });

  it('lets one person open so many sockets and no more, and counts closed ones no longer', async () => {
    await realtime.stop();
    server.close();
    await start({ socketsPerPerson: 3 });
    const mine = await Promise.all([open('a'), open('a'), open('a')]);
    const code = await open('a').catch((reason: Error & { data?: { code: string } }) => reason.data?.code);
    expect(code).to.equal('too-many-requests');
    mine[0].disconnect();
    await until('a freed place', async () => (await open('a').catch(() => null)) !== null);
  });

  it('drops the sockets of a revoked sign-in at once, and no others', async () => {
    const [mine, other] = await Promise.all([open('a@example.org'), open('b@example.org')]);
    const told = new Promise((resolve) => mine.once('live:refused', resolve));
    const cut = gone(mine);
    announceRevokedSignIn('s-a@example.org');
    expect(await told).to.include({ code: 'not-signed-in' });
    await cut;
    expect(other.connected).to.equal(true);
  });

  it('finds out by itself that a sign-in or a right to a room has ended', async () => {
    await realtime.stop();
    server.close();
    await start({ recheckMs: 40 });
    const socket = await open('a@example.org');
    await ask(socket, 'room:enter', { room: 'a' });
    const cut = gone(socket);
    banned.add('a@example.org');
    await cut;
    expect(realtime.roomSize('a')).to.equal(0);
  });

  it('keeps the order of what it sends to a room', async () => {
    const readers = await Promise.all(Array.from({ length: 8 }, (_, i) => open(`${i}@example.org`)));
    const received = readers.map((socket) => {
      const list: number[] = [];
      socket.on('count', ({ n }: { n: number }) => list.push(n));
      return list;
    });
    for (const socket of readers) await ask(socket, 'room:enter', { room: 'a' });
    for (let n = 0; n < 50; n += 1) realtime.broadcast('a', 'count', { n });
    await until('every message', () => received.every((list) => list.length === 50));
    for (const list of received) expect(list).to.deep.equal(Array.from({ length: 50 }, (_, n) => n));
  });

  it('cuts off a reader who has stopped reading, while others go on', async function () {
    this.timeout(20_000);
    const stuck = await deafReader(url, 'deaf@example.org');
    await until('the deaf reader', () => realtime.roomSize('a') === 1);
    const reader = await open('b@example.org');
    let count = 0;
    reader.on('count', () => (count += 1));
    await ask(reader, 'room:enter', { room: 'a' });
    const filler = 'x'.repeat(100_000);
    let sent = 0;
    await until('the cut', () => {
      for (let i = 0; i < 10; i += 1) realtime.broadcast('a', 'count', { filler });
      sent += 10;
      return realtime.roomSize('a') === 1 || sent > 2_000;
    });
    expect(realtime.roomSize('a')).to.equal(1);
    await until('the reader', () => count === sent);
    stuck.destroy();
  });

  it('tells each socket when to come back before it stops, at different times', async () => {
    const readers = await Promise.all(Array.from({ length: 12 }, (_, i) => open(`${i}@example.org`)));
    const notices = readers.map(
      (socket) => new Promise<{ retryAfterMs: number }>((resolve) => socket.once('live:drained', resolve)),
    );
    const closed = readers.map(gone);
    await realtime.stop();
    const times = (await Promise.all(notices)).map(({ retryAfterMs }) => retryAfterMs);
    await Promise.all(closed);
    expect(Math.max(...times)).to.be.at.most(1_500);
    expect(new Set(times).size).to.be.greaterThan(6);
    expect(await open('late@example.org').catch(() => 'refused')).to.equal('refused');
  });
});

/** A websocket that enters room "a" and then never reads again. */
async function deafReader(url: string, email: string) {
  const { port } = new URL(url);
  const tcp = connectTcp(Number(port), '127.0.0.1');
  tcp.on('error', () => undefined);
  const frame = (text: string) => {
    const body = Buffer.from(text);
    return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
  };
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${url}\r\nCookie: ${email}\r\n\r\n`,
  );
  let text = '';
  await new Promise<void>((resolve) => {
    tcp.on('data', (chunk) => {
      const before = text;
      text += chunk.toString('latin1');
      if (!before.includes('"sid"') && text.includes('"sid"')) tcp.write(frame('40'));
      if (text.includes('40{"sid"')) resolve();
    });
  });
  tcp.removeAllListeners('data');
  tcp.pause();
  tcp.write(frame('420["room:enter",{"room":"a"}]'));
  return tcp;
}
