import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createLogger } from '../../../server/platform/logging/create-logger.ts';
import { createAdmission, refuseForNow } from '../../../server/platform/realtime/admission.ts';
import { liveMessage } from '../../../server/platform/realtime/live-message.ts';
import { openSockets, sentFrames } from '../../../server/platform/realtime/realtime-metrics.ts';
import { startRealtime, type Realtime } from '../../../server/platform/realtime/start-realtime.ts';
import { createSecretBox } from '../../../server/platform/secrets/secret-box.ts';
import { systemClock } from '../../../server/platform/time/clock.ts';
import { until } from '../../support/until.ts';

const enter = liveMessage({
  name: 'room:enter',
  schema: z.strictObject({}),
  permit: (who) => Promise.resolve(who),
  async handle(_message, _permit, seat) {
    await seat.enter('room', (who) => Promise.resolve(who));
    return {};
  },
});
const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

describe('ready frames and rushes of sockets', () => {
  let server: Server;
  let realtime: Realtime;
  let origin: string;
  const sockets: Socket[] = [];

  const open = async (email: string, transport: 'websocket' | 'polling') => {
    const socket = io(origin, {
      transports: [transport],
      upgrade: false,
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie: email, origin },
    });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    await socket.timeout(3_000).emitWithAck('room:enter', {});
    return socket;
  };
  const sent = async () => {
    const { values } = await sentFrames.get();
    const by = (way: string) => values.find(({ labels }) => labels.way === way)?.value ?? 0;
    return { ready: by('ready'), packet: by('packet') };
  };

  beforeEach(async () => {
    server = createServer();
    origin = `http://127.0.0.1:${await listen(server)}`;
    realtime = startRealtime(server, {
      publicUrl: origin,
      logger: createLogger('silent'),
      secrets: createSecretBox('ab'.repeat(32)),
      clock: systemClock,
      authenticate: (email = '') =>
        Promise.resolve({ actor: { kind: 'attendee', email, signInId: `s-${email}` }, passes: [] }),
    });
    realtime.serve([enter]);
  });
  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.disconnect());
    await realtime.stop();
    server.closeAllConnections();
    server.close();
  });

  // Fails when engine.io or ws rename one of the private fields that `write-frame.ts` reads: all would then be packets.
  it('writes ready bytes to every quiet websocket, and packets only to who polls', async () => {
    const heard: string[] = [];
    const listening = [
      ...(await Promise.all([1, 2, 3, 4].map((n) => open(`ws-${n}@example.org`, 'websocket')))),
      await open('poll@example.org', 'polling'),
    ];
    listening.forEach((socket, n) =>
      socket.on('news', ({ text }: { text: string }) => heard.push(`${n} ${text}`)),
    );
    const before = await sent();
    for (const text of ['é', 'x'.repeat(200), 'y'.repeat(70_000)]) {
      const length = heard.length;
      realtime.broadcast('room', 'news', { text });
      await until('every listener to hear', () => heard.length === length + 5);
      expect(heard.slice(length).sort()).to.deep.equal([0, 1, 2, 3, 4].map((n) => `${n} ${text}`));
    }
    const after = await sent();
    expect({ ready: after.ready - before.ready, packet: after.packet - before.packet }).to.deep.equal({
      ready: 12,
      packet: 3,
    });
  });

  it('lets twelve of a thousand sockets of one person in, and somebody else beside them', async function () {
    this.timeout(60_000);
    const openBefore = (await openSockets.get()).values[0]?.value ?? 0;
    const outcomes = { in: 0, out: 0 };
    const rush: WebSocket[] = [];
    for (let n = 0; n < 1_000; n += 1) {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
        headers: { cookie: 'many@example.org', origin },
      });
      rush.push(socket);
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0')) socket.send('40');
        else if (text.startsWith('40')) outcomes.in += 1;
        else if (text.startsWith('44') && text.includes('too-many-requests')) outcomes.out += 1;
      });
      socket.on('error', () => undefined);
      if (n % 50 === 49) await until('answers to all', () => outcomes.in + outcomes.out === n + 1);
    }
    expect(outcomes).to.deep.equal({ in: 12, out: 988 });
    expect((await openSockets.get()).values[0]?.value).to.equal(openBefore + 12);
    await open('somebody-else@example.org', 'websocket');
    rush.forEach((socket) => socket.terminate());
  });

  it('begins twelve handshakes a turn, keeps two thousand waiting in order, and refuses the next', async () => {
    const inTurn = createAdmission();
    const begun: number[] = [];
    const isIn = Array.from({ length: 2_013 }, (_, n) => inTurn(() => begun.push(n)));
    expect(isIn.filter(Boolean)).to.have.lengthOf(2_012);
    expect(isIn.at(-1)).to.equal(false);
    expect(begun).to.have.lengthOf(12);
    await new Promise(setImmediate);
    expect(begun).to.have.lengthOf.at.most(24);
    await until('all to be begun', () => begun.length === 2_012);
    expect(begun).to.deep.equal(Array.from({ length: 2_012 }, (_, n) => n));
    expect(inTurn(() => undefined)).to.equal(true);
  });

  it('says 503 and when to come back to whom it has no room for, by polling and by websocket', async () => {
    const full = createServer((request) => refuseForNow(request));
    full.on('upgrade', (request) => refuseForNow(request));
    const port = await listen(full);
    const polled = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`);
    const upgraded = await new Promise<{ status: number | undefined; retry: string | undefined }>(
      (resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
        socket.on('error', () => undefined);
        socket.on('unexpected-response', (_request, { statusCode, headers }) =>
          resolve({ status: statusCode, retry: headers['retry-after'] }),
        );
      },
    );
    full.closeAllConnections();
    full.close();
    expect([polled.status, polled.headers.get('retry-after')]).to.deep.equal([503, '3']);
    expect(upgraded).to.deep.equal({ status: 503, retry: '3' });
  });
});
