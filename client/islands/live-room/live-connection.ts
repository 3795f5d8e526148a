import type { ClientToServer, LiveAck, ServerToClient } from '../../../server/contracts/live-events.ts';
import type { JoinAnswer } from '../../../server/contracts/live-messages.ts';
import type { LiveAudience } from '../../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { LiveStore } from './live-room.store.ts';

/** The part of a socket.io-client socket that is used here. */
export interface LiveClientSocket {
  readonly connected: boolean;
  on<K extends keyof ServerToClient>(name: K, listener: ServerToClient[K]): unknown;
  on(name: 'connect', listener: () => void): unknown;
  on(name: 'disconnect', listener: (reason: string) => void): unknown;
  on(name: 'connect_error', listener: (error: Error) => void): unknown;
  emit<K extends keyof ClientToServer>(name: K, ...parts: Parameters<ClientToServer[K]>): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

/** What the connection needs of its surroundings, so that tests can hold the clock and the network. */
export interface Surroundings {
  now(): number;
  later(work: () => void, ms: number): void;
  random(): number;
  /** The room over plain HTTP, for networks that let no socket through; null when it is as it was. */
  fetchRoom(): Promise<{ snapshot: LiveSnapshot; seq: number; now: number } | null>;
}

/** Answers that asking again will not change. */
const finalCodes: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'not-signed-in', 'invalid']);
const askAgainMs = 1_000;
/** Without a socket the page asks for the room this often. */
const pollMs = 10_000;

/** Keeps one page's store equal to the server's log, over drops, restarts and networks without sockets. */
export function connectLive(
  socket: LiveClientSocket,
  store: LiveStore,
  room: { readonly eventId: string; readonly audience: LiveAudience },
  outside: Surroundings,
): void {
  let joining = false;
  let isDraining = false;
  let isRefused = false;

  const join = () => {
    if (joining || !socket.connected) return;
    joining = true;
    const lastSeq = store.seq.value;
    const askedAt = outside.now();
    const tryLater = () => outside.later(join, askAgainMs * (0.5 + outside.random()));
    socket.emit('live:join', { ...room, lastSeq }, (answer: LiveAck<JoinAnswer>) => {
      joining = false;
      if (!answer.ok) return finalCodes.has(answer.code) ? refuse(answer.message) : tryLater();
      store.learnClock(answer.now, askedAt, outside.now());
      store.setConnection({ kind: 'connected' });
      if (store.accept(answer, lastSeq)) tryLater();
    });
  };
  const refuse = (message: string) => {
    isRefused = true;
    store.setConnection({ kind: 'refused', message });
    socket.disconnect();
  };
  const poll = () => {
    if (isRefused) return;
    const again = () => outside.later(poll, pollMs * (0.75 + outside.random() / 2));
    if (socket.connected) return again();
    outside
      .fetchRoom()
      .then((answer) => {
        if (!answer || socket.connected) return;
        store.accept({ kind: 'snapshot', ...answer, snapshotSeq: answer.seq, facts: [] }, null);
        store.setConnection({ kind: 'asking' });
      })
      .catch(() => undefined)
      .finally(again);
  };

  socket.on('connect', () => {
    // An answer to the last connection's question will never come.
    joining = false;
    isDraining = false;
    join();
  });
  socket.on('disconnect', (reason) => {
    joining = false;
    if (isRefused || isDraining) return;
    store.setConnection({ kind: 'lost' });
    // After being closed by the server the client stays away by itself.
    if (reason === 'io server disconnect')
      outside.later(() => socket.connect(), 1_000 + outside.random() * 4_000);
  });
  socket.on('connect_error', (error) => {
    const data =
      'data' in error ? (error.data as { code?: string; message?: string } | undefined) : undefined;
    if (data?.code === 'not-signed-in' || data?.code === 'too-many-requests')
      return refuse(data.message ?? 'You have been signed out.');
    if (store.connection.value.kind === 'connecting') store.setConnection({ kind: 'lost' });
    // A refusal by the server's own middleware is not tried again by the client.
    if (data) outside.later(() => socket.connect(), 2_000 + outside.random() * 8_000);
  });
  socket.on('live:facts', ({ eventId, audience, facts }) => {
    if (eventId === room.eventId && audience === room.audience && store.receive(facts)) join();
  });
  socket.on('live:drained', ({ retryAfterMs }) => {
    isDraining = true;
    store.setConnection({ kind: 'restarting' });
    socket.disconnect();
    outside.later(() => socket.connect(), retryAfterMs);
  });
  socket.on('live:refused', ({ message }) => refuse(message));

  store.setConnection({ kind: 'connecting' });
  socket.connect();
  outside.later(poll, pollMs);
}
