import { effect } from '@preact/signals';
import type { LiveClientSocket } from './live-connection.ts';
import type { LiveStore } from './live-room.store.ts';
import type { TakePart } from './take-part.store.ts';

const beatMs = 30_000;
const settleMs = 1_000;

interface PartWorld {
  every(work: () => void, ms: number): void;
  /** The page is in front of somebody. */
  isVisible(): boolean;
  /** A fresh ticket to come back with. */
  keepTicket(ticket: string): void;
}

/** Brings what the server pushes to those who take part, and tells it who is here. */
export function connectPart(
  socket: LiveClientSocket,
  live: LiveStore,
  part: TakePart,
  world: PartWorld,
): void {
  const eventId = live.snapshot.value.event.id;
  const beat = () => {
    if (live.connection.value.kind !== 'connected') return;
    const stageId = live.stageId.value;
    socket.emit('live:beat', { eventId, stageId, isWatching: world.isVisible() }, (answer) => {
      if (answer.ok && answer.ticket !== null) world.keepTicket(answer.ticket);
    });
  };
  socket.on('live:viewers', (push) => {
    if (push.eventId === eventId) part.viewers.value = push.count;
  });
  socket.on('live:reactions', (push) => {
    if (push.eventId === eventId) part.taps.hear(push);
  });
  socket.on('live:silenced', (push) => {
    if (push.eventId === eventId) part.person.silence(push.until);
  });
  socket.on('caption:said', (push) => part.picture.hear(push));
  let wasConnected = false;
  effect(() => {
    const isConnected = live.connection.value.kind === 'connected';
    const hasJoined = isConnected && !wasConnected;
    wasConnected = isConnected;
    // Outside of the effect: what these read must not run it again.
    if (hasJoined)
      queueMicrotask(() => {
        part.joined();
        beat();
      });
  });
  world.every(beat, beatMs);
  world.every(() => part.settle(), settleMs);
}
