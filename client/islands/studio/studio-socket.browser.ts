import { io } from 'socket.io-client';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { EnteredStudio, StudioRoom, StudioSignal } from '../../../server/contracts/studio-room.ts';

interface Place {
  readonly eventId: string;
  readonly stageId: string | null;
}

export interface StudioSocketEvents {
  onOpen(): void;
  onBroken(): void;
  onRefused(message: string): void;
  onRoom(room: StudioRoom): void;
  onSignal(toPeerId: string, fromPeerId: string, signal: StudioSignal): void;
}

export interface StudioSocket {
  open(): void;
  close(): void;
  /** Null when no answer came. */
  enter(seat: {
    readonly peerId: string;
    readonly isNew: boolean;
    readonly role: 'host' | 'guest';
  }): Promise<LiveAck<EnteredStudio> | null>;
  leave(peerId: string): void;
  /** False: it did not arrive. */
  signal(peerId: string, toPeerId: string, signal: StudioSignal): Promise<boolean>;
}

const patienceMs = 6_000;

/** The line to the server, over which the pages of one stage find each other. */
export function createStudioSocket(place: Place, on: StudioSocketEvents): StudioSocket {
  const socket = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
  });
  let isWanted = false;
  const comeBack = (ms: number) =>
    void setTimeout(() => isWanted && !socket.connected && socket.connect(), ms);
  socket.on('connect', () => on.onOpen());
  socket.on('disconnect', (reason) => {
    if (!isWanted) return;
    on.onBroken();
    // After being closed by the server the client stays away by itself.
    if (reason === 'io server disconnect') comeBack(1_000 + Math.random() * 2_000);
  });
  socket.on('connect_error', (error) => {
    const data =
      'data' in error ? (error.data as { code?: string; message?: string } | undefined) : undefined;
    if (data?.code === 'not-signed-in') on.onRefused(data.message ?? 'You have been signed out.');
    // A refusal by the server's own middleware is not tried again by the client.
    else if (data) comeBack(2_000 + Math.random() * 8_000);
  });
  socket.on('live:drained', ({ retryAfterMs }: { retryAfterMs: number }) => {
    on.onBroken();
    socket.disconnect();
    comeBack(retryAfterMs);
  });
  socket.on('live:refused', ({ message }: { message: string }) => on.onRefused(message));
  socket.on('studio:changed', (push: Place & { room: StudioRoom }) => {
    if (push.eventId === place.eventId && push.stageId === place.stageId) on.onRoom(push.room);
  });
  socket.on(
    'studio:signalled',
    (push: Place & { fromPeerId: string; toPeerId: string; signal: StudioSignal }) => {
      if (push.eventId === place.eventId && push.stageId === place.stageId)
        on.onSignal(push.toPeerId, push.fromPeerId, push.signal);
    },
  );
  const ask = <A>(name: string, message: object): Promise<A | null> =>
    new Promise((resolve) => {
      if (!socket.connected) return resolve(null);
      socket
        .timeout(patienceMs)
        .emit(name, { ...place, ...message }, (error: Error | null, answer: A) =>
          resolve(error ? null : answer),
        );
    });
  return {
    open() {
      isWanted = true;
      socket.connect();
    },
    close() {
      isWanted = false;
      socket.disconnect();
    },
    enter: (seat) => ask('studio:enter', seat),
    leave: (peerId) => void ask('studio:leave', { peerId }),
    async signal(peerId, toPeerId, signal) {
      const answer = await ask<LiveAck<object>>('studio:signal', { peerId, toPeerId, signal });
      return answer?.ok === true;
    },
  };
}
