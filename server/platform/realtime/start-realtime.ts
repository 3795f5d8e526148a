import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import type { LiveTicket } from '../../contracts/live-ticket.ts';
import { AppError } from '../../contracts/problem.ts';
import { connectionNames } from '../cluster/connection-owner.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Clock } from '../time/clock.ts';
import { bearErrors, createAdmission, refuseForNow } from './admission.ts';
import { createBroadcaster, type Delivery } from './broadcast.ts';
import { onChangedRights } from './changed-rights.ts';
import { guardSocket } from './guard-socket.ts';
import { readTicket } from './join-ticket.ts';
import type { ServedMessage } from './live-message.ts';
import { People } from './people.ts';
import { openSockets } from './realtime-metrics.ts';
import { recheckSeats } from './recheck-seats.ts';
import { onRevokedSignIn } from './revoked-sign-ins.ts';
import { rememberRevokedTickets } from './revoked-tickets.ts';
import { OwnSeat } from './seat.ts';
import { onToldPerson } from './tell-person.ts';
import { TokenBucket, type BucketSize } from './token-bucket.ts';
import type { Who } from './who.ts';

export interface RealtimeLimits {
  readonly socketsPerPerson: number;
  readonly messagesPerSocket: BucketSize;
  readonly messagesPerPerson: BucketSize;
  /** How often a socket's sign-in and its right to each of its rooms are asked again, in ms. */
  readonly recheckMs: number;
}

const usualLimits: RealtimeLimits = {
  socketsPerPerson: 12,
  messagesPerSocket: { burst: 20, perSecond: 5 },
  messagesPerPerson: { burst: 60, perSecond: 10 },
  recheckMs: 60_000,
};

/** A process that stops tells its sockets to come back within this time, or longer when they are many. */
const shortestReturnMs = 1_500;
const returnsPerSecond = 1_500;
const farewellMs = 150;

export interface RealtimeOptions {
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly limits?: Partial<RealtimeLimits>;
  /** Reads join tickets. */
  readonly secrets: SecretBox;
  readonly clock: Clock;
  authenticate(cookieHeader: string | undefined): Promise<Who>;
  /** Which of these tickets surely still stand, asked of the store for many at once. */
  readonly checkTickets?: (tickets: readonly LiveTicket[]) => Promise<ReadonlySet<LiveTicket>>;
}

export interface Realtime {
  /** Adds messages to what is served; sockets that are open get them too. */
  serve(messages: readonly ServedMessage[]): void;
  broadcast(room: string, name: string, payload: object, delivery?: Delivery): void;
  roomSize(room: string): number;
  /** Different people in a room of this process, however many sockets each has. Walks the room. */
  peopleIn(room: string): number;
  /** Tells every socket when to come back, then closes them. The HTTP server is left to its owner. */
  stop(): Promise<void>;
}

/**
 * Socket.IO on the pages' own server. Recovery is by the numbered log, never by `connectionStateRecovery`, which
 * loses messages over a crash and skips sign-in checks (socketio/socket.io#5491).
 */
export function startRealtime(server: HttpServer, options: RealtimeOptions): Realtime {
  const limits = { ...usualLimits, ...options.limits };
  const { logger } = options;
  const messages = new Map<string, ServedMessage>();
  const people = new People(limits);
  const seats = new Map<string, OwnSeat>();
  const inTurn = createAdmission();
  let stopping = false;

  const io = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: 16_384,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    allowRequest(request, decide) {
      if (stopping || !isSameOrigin(request.headers, options.publicUrl)) return decide(null, false);
      bearErrors(request);
      const isIn = inTurn(() => decide(null, !stopping));
      if (!isIn) refuseForNow(request);
    },
  });
  const nameConnection = connectionNames();
  if (nameConnection) io.engine.generateId = nameConnection;
  const tickets = rememberRevokedTickets(options.clock);
  const rechecks = recheckSeats(seats, {
    everyMs: limits.recheckMs,
    logger,
    checkTickets: options.checkTickets,
  });
  const broadcast = createBroadcaster(io);

  io.use((socket, next) => {
    admit(socket).then(
      () => next(),
      (error: unknown) => next(asConnectError(error, logger)),
    );
  });
  io.on('connection', (socket) => {
    const seat = seats.get(socket.id);
    if (!seat) return void socket.disconnect(true);
    const { person } = seat;
    const own = new TokenBucket(limits.messagesPerSocket);
    openSockets.inc();
    guardSocket(socket, {
      messages,
      seat,
      logger,
      takeToken: () => own.take() || people.takeToken(person),
      takeTokenFor: ({ name, rate }) => (rate ? people.takeTokenFor(person, name, rate) : 0),
      onGone: () => {
        openSockets.dec();
        vacate(seat);
      },
    });
  });
  const stopListening = onRevokedSignIn((signInId) => {
    for (const seat of seats.values())
      if (seat.standsOn(signInId)) seat.refuse('not-signed-in', 'You have been signed out.');
  });

  const stopHeeding = onChangedRights((holder) => {
    for (const seat of seats.values()) if (seat.isHeldBy(holder)) void seat.recheckNow();
  });

  const stopTelling = onToldPerson((holder, silenced) => {
    for (const seat of seats.values()) if (seat.isHeldBy(holder)) seat.socket.emit('live:silenced', silenced);
  });

  async function admit(socket: Socket): Promise<void> {
    const ticket = readTicket(socket.handshake.auth.ticket, options);
    const seat =
      ticket && !tickets.isRevoked(ticket)
        ? OwnSeat.byTicket(socket, ticket, options)
        : await OwnSeat.byCookie(socket, options);
    if (!people.admit(seat.person, socket.id))
      throw new AppError('too-many-requests', 'This is open in too many places. Close one and try again.');
    seats.set(socket.id, seat);
    // A browser that gave up while it was being admitted has no `connection` and no `disconnect`.
    if (socket.conn.readyState !== 'open') vacate(seat);
    else if (seat.ticket) rechecks.soon(seat);
  }

  function peopleIn(room: string): number {
    const present = new Set<string>();
    for (const id of io.of('/').adapter.rooms.get(room) ?? []) {
      const person = seats.get(id)?.person;
      if (person !== undefined) present.add(person);
    }
    return present.size;
  }

  function vacate(seat: OwnSeat): void {
    seat.hasLeft = true;
    seats.delete(seat.socketId);
    people.leave(seat.person, seat.socketId);
  }

  return {
    serve: (served) => served.forEach((message) => messages.set(message.name, message)),
    broadcast,
    roomSize: (room) => io.of('/').adapter.rooms.get(room)?.size ?? 0,
    peopleIn,
    async stop() {
      stopping = true;
      stopListening();
      stopHeeding();
      stopTelling();
      tickets.stop();
      rechecks.stop();
      const sockets = [...io.of('/').sockets.values()];
      const spreadMs = Math.max(shortestReturnMs, (sockets.length / returnsPerSecond) * 1000);
      for (const socket of sockets)
        socket.emit('live:drained', { retryAfterMs: Math.round(Math.random() * spreadMs) });
      if (sockets.length > 0) await delay(farewellMs);
      io.local.disconnectSockets(true);
      io.engine.close();
      for (const seat of seats.values()) seat.hasLeft = true;
    },
  };
}

/** What the browser reads as `error.data`. */
function asConnectError(error: unknown, logger: Logger): Error & { data: object } {
  const known = error instanceof AppError;
  if (!known) logger.warn({ err: error }, 'a socket could not be admitted');
  const code = known ? error.code : 'unavailable';
  const message = known ? error.message : 'Not available just now.';
  return Object.assign(new Error(message), { data: { code, message } });
}
