import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { createLogger } from '../../../server/platform/logging/create-logger.ts';
import { issueTicket, ticketLifeMs } from '../../../server/platform/realtime/join-ticket.ts';
import { announceChangedRights } from '../../../server/platform/realtime/changed-rights.ts';
import { liveMessage } from '../../../server/platform/realtime/live-message.ts';
import { announceRevokedSignIn } from '../../../server/platform/realtime/revoked-sign-ins.ts';
import { startRealtime, type Realtime } from '../../../server/platform/realtime/start-realtime.ts';
import type { Who } from '../../../server/platform/realtime/who.ts';
import { createSecretBox } from '../../../server/platform/secrets/secret-box.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const secrets = createSecretBox('ab'.repeat(32));
const visitor: Who = { actor: { kind: 'visitor' }, passes: [] };

describe('sockets that come by ticket', () => {
  let server: Server;
  let realtime: Realtime;
  let url: string;
  let clock: TestClock;
  /** What the store knows: who is still signed in, by cookie. */
  let signedIn: Set<string>;
  let asked: number;
  const sockets: Socket[] = [];

  const ticketOf = (name: string, eventId = 'event') =>
    issueTicket(
      {
        eventId,
        participantId: `participant-${name}`,
        role: 'attendee',
        person: `attendee:${name}`,
        registrationId: `place-${name}`,
        signInIds: [`s-${name}`],
      },
      { secrets, clock },
    );
  const open = (ticket: unknown, options: { cookie?: string; transports?: string[] } = {}) => {
    const socket = io(url, {
      transports: options.transports ?? ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { ticket },
      extraHeaders: { cookie: options.cookie ?? '', origin: url },
    });
    sockets.push(socket);
    return new Promise<Socket>((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', reject);
    });
  };
  const codeOf = (opening: Promise<Socket>) =>
    opening.then(
      () => 'admitted',
      (error: Error & { data?: { code: string } }) => error.data?.code,
    );
  const ask = (socket: Socket, name: string, payload: object): Promise<Record<string, unknown>> =>
    socket.timeout(3_000).emitWithAck(name, payload) as Promise<Record<string, unknown>>;

  beforeEach(async () => {
    signedIn = new Set(['ada', 'ben']);
    asked = 0;
    clock = new TestClock('2026-11-24T09:00:00Z');
    server = createServer((_request, response) => void response.end('a page'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    realtime = startRealtime(server, {
      publicUrl: url,
      logger: createLogger('silent'),
      secrets,
      clock,
      authenticate(cookie) {
        asked += 1;
        return Promise.resolve(
          cookie && signedIn.has(cookie)
            ? { actor: { kind: 'attendee', email: cookie, signInId: `s-${cookie}` }, passes: [] }
            : visitor,
        );
      },
      checkTickets: (tickets) =>
        Promise.resolve(new Set(tickets.filter(({ person }) => signedIn.has(person.slice(9))))),
    });
    realtime.serve([
      liveMessage({
        name: 'room:enter',
        schema: z.strictObject({ room: z.string() }),
        permit: () => Promise.resolve({ by: 'store' }),
        permitByTicket: (ticket, { room }) =>
          ticket.eventId === room ? Promise.resolve({ by: 'ticket' }) : null,
        async handle({ room }, { by }, seat) {
          await seat.enter(room, () => Promise.resolve());
          return { by };
        },
      }),
      liveMessage({
        name: 'room:speak',
        schema: z.strictObject({}),
        rate: { burst: 2, perSecond: 0.01 },
        permit: (who) => Promise.resolve({ kind: who.actor.kind }),
        handle: (_message, { kind }) => Promise.resolve({ kind }),
      }),
    ]);
  });
  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.disconnect());
    await realtime.stop();
    server.closeAllConnections();
    server.close();
  });

  it('enter the room of their event without a question to the store, and ask it for everything else', async () => {
    const socket = await open(ticketOf('ada'), { cookie: 'ada' });
    expect(await ask(socket, 'room:enter', { room: 'event' })).to.deep.include({ ok: true, by: 'ticket' });
    expect(asked).to.equal(0);
    expect(await ask(socket, 'room:enter', { room: 'other' })).to.deep.include({ ok: true, by: 'store' });
    expect(await ask(socket, 'room:speak', {})).to.deep.include({ ok: true, kind: 'attendee' });
    expect(asked).to.equal(2);
  });

  it('are nobody by a ticket that is forged, expired or revoked, and come in by their cookie', async () => {
    const expired = ticketOf('ada');
    clock.advance({ seconds: ticketLifeMs / 1_000 });
    const revoked = ticketOf('ben');
    announceRevokedSignIn('s-ben');
    for (const ticket of [expired, revoked, `${ticketOf('ada')}x`, { a: 1 }, 'a.b', undefined]) {
      expect(await codeOf(open(ticket)), JSON.stringify(ticket)).to.equal('not-signed-in');
      expect(await codeOf(open(ticket, { cookie: 'ada' }))).to.equal('admitted');
    }
  });

  it('are found soon after coming when another process ended the sign-in, and others stay', async () => {
    signedIn.delete('ben');
    const ada = await open(ticketOf('ada'), { cookie: 'ada' });
    const opening = open(ticketOf('ben'), { cookie: 'ben' });
    let told: unknown;
    sockets.at(-1)?.once('live:refused', (notice: unknown) => void (told = notice));
    const ben = await opening;
    await until('the refusal', () => !ben.connected);
    expect(told).to.include({ code: 'not-signed-in' });
    expect(ada.connected).to.equal(true);
  });

  it('go at once when the sign-in their ticket names is revoked here', async () => {
    const ada = await open(ticketOf('ada'), { cookie: 'ada' });
    const gone = new Promise<string>((resolve) => ada.once('disconnect', resolve));
    announceRevokedSignIn('s-ada');
    expect(await gone).to.equal('io server disconnect');
  });

  it('are asked of the store from the moment their rights were in doubt, with whatever ticket they came', async () => {
    const ada = await open(ticketOf('ada'), { cookie: 'ada' });
    announceChangedRights({ registrationId: 'place-ada', email: 'ada' });
    await until('a question to the store', () => asked > 0);
    expect(await ask(ada, 'room:enter', { room: 'event' })).to.deep.include({ ok: true, by: 'store' });
  });

  it('share a rate of one message over all sockets of one person', async () => {
    const [one, two] = await Promise.all([
      open(ticketOf('ada'), { cookie: 'ada' }),
      open(ticketOf('ada'), { cookie: 'ada' }),
    ]);
    expect(await ask(one, 'room:speak', {})).to.include({ ok: true });
    expect(await ask(two, 'room:speak', {})).to.include({ ok: true });
    expect(await ask(one, 'room:speak', {})).to.include({ ok: false, code: 'too-many-requests' });
    expect(await ask(one, 'room:enter', { room: 'event' })).to.include({ ok: true });
  });

  it('hear every push in order by websocket, by polling and across an upgrade from one to the other', async () => {
    const ways = [['websocket'], ['polling'], ['polling', 'websocket']];
    const readers = await Promise.all(
      ways.map((transports) => open(ticketOf('ada'), { cookie: 'ada', transports })),
    );
    const heard = readers.map((socket) => {
      const numbers: number[] = [];
      socket.on('count', ({ n }: { n: number }) => numbers.push(n));
      return numbers;
    });
    for (const socket of readers) await ask(socket, 'room:enter', { room: 'event' });
    const sizes = [0, 100, 125, 126, 200, 65_000, 70_000];
    let n = 0;
    await until('the upgrade', () => {
      for (const size of sizes) realtime.broadcast('event', 'count', { n: n++, filler: 'é'.repeat(size) });
      return readers[2]?.io.engine.transport.name === 'websocket';
    });
    for (const size of sizes) realtime.broadcast('event', 'count', { n: n++, filler: 'x'.repeat(size) });
    await until('every push', () => heard.every((numbers) => numbers.length >= n));
    for (const numbers of heard) expect(numbers).to.deep.equal(Array.from({ length: n }, (_, i) => i));
  });

  it('miss what may be dropped while something else is on its way to them, and nothing else', async () => {
    const socket = await open(ticketOf('ada'), { cookie: 'ada', transports: ['polling'] });
    await ask(socket, 'room:enter', { room: 'event' });
    const heard: string[] = [];
    socket.on('fact', ({ n }: { n: number }) => heard.push(`fact ${n}`));
    socket.on('sum', () => heard.push('sum'));
    await until('a reader with nothing to read', () => {
      realtime.broadcast('event', 'sum', {}, 'may-drop');
      return heard.length > 0;
    });
    heard.length = 0;
    // The answer to one poll carries the first fact; until the next poll comes nothing can be sent.
    realtime.broadcast('event', 'fact', { n: 1 });
    realtime.broadcast('event', 'fact', { n: 2 });
    realtime.broadcast('event', 'sum', {}, 'may-drop');
    realtime.broadcast('event', 'fact', { n: 3 });
    await until('the facts', () => heard.includes('fact 3'));
    expect(heard.slice(heard.indexOf('fact 1'))).to.deep.equal(['fact 1', 'fact 2', 'fact 3']);
  });
});
