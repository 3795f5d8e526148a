import type { Server, Socket } from 'socket.io';
import { slowConsumers } from './realtime-metrics.ts';

/** One slice a turn of the event loop: a broadcast to thousands then never holds up a page. */
const sliceSize = 200;
/** What may wait for one socket before it is cut off; it resumes from its last number when it comes back. */
const mostWaitingPackets = 500;
const mostWaitingBytes = 1_000_000;

interface Push {
  readonly name: string;
  readonly payload: object;
}

/** Sends to every socket of a room, in slices; pushes to one room keep their order. */
export function createBroadcaster(io: Server): (room: string, name: string, payload: object) => void {
  const waiting = new Map<string, Push[]>();

  const walk = (room: string) => {
    const push = waiting.get(room)?.shift();
    if (!push) return void waiting.delete(room);
    const ids = [...(io.of('/').adapter.rooms.get(room) ?? [])];
    const sendSlice = (from: number) => {
      const slice = ids.slice(from, from + sliceSize).filter((id) => keepsUp(io.of('/').sockets.get(id)));
      if (slice.length > 0) io.to(slice).emit(push.name, push.payload);
      if (from + sliceSize < ids.length) setImmediate(sendSlice, from + sliceSize);
      else walk(room);
    };
    sendSlice(0);
  };

  return (room, name, payload) => {
    const queue = waiting.get(room);
    if (queue) return void queue.push({ name, payload });
    waiting.set(room, [{ name, payload }]);
    walk(room);
  };
}

/** Cuts off a socket whose reader has stopped: its memory would grow with every broadcast. */
function keepsUp(socket: Socket | undefined): boolean {
  if (!socket) return false;
  // Neither is public in engine.io 6.6; both are checked in test/platform/realtime.
  const packets: unknown = Reflect.get(socket.conn, 'writeBuffer');
  const stream: unknown = Reflect.get(socket.conn.transport, 'socket');
  const bytes: unknown = stream && typeof stream === 'object' ? Reflect.get(stream, 'bufferedAmount') : 0;
  const isSlow =
    (Array.isArray(packets) && packets.length > mostWaitingPackets) ||
    (typeof bytes === 'number' && bytes > mostWaitingBytes);
  if (!isSlow) return true;
  slowConsumers.inc();
  socket.disconnect(true);
  return false;
}
