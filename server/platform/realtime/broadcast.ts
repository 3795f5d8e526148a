import type { Server, Socket } from 'socket.io';
import { sentFrames, slowConsumers } from './realtime-metrics.ts';
import { encodeFrame, isIdle, terminate, writeFrame, type Frame } from './write-frame.ts';

/** One slice a turn of the event loop: a broadcast to thousands then never holds up a page. */
const sliceSize = 200;
/** What may wait for one socket before it is cut off; it resumes from its last number when it comes back. */
const most = { waitingPackets: 500, waitingBytes: 1_000_000 };

/** `may-drop` leaves out whoever still has something to read: for counts and applause, never for facts. */
export type Delivery = 'every' | 'may-drop';

interface Push extends Frame {
  readonly delivery: Delivery;
}

/** Sends to every socket of a room in this process, in slices; pushes to one room keep their order. */
export function createBroadcaster(
  io: Server,
): (room: string, name: string, payload: object, delivery?: Delivery) => void {
  const waiting = new Map<string, Push[]>();
  const { adapter, sockets } = io.of('/');

  const walk = (room: string) => {
    const push = waiting.get(room)?.shift();
    if (!push) return void waiting.delete(room);
    // Whoever comes while it is under way has the room's state from the answer to their joining.
    const ids = [...(adapter.rooms.get(room) ?? [])];
    const sendSlice = (from: number) => {
      const until = Math.min(from + sliceSize, ids.length);
      const busy: string[] = [];
      let ready = 0;
      for (let index = from; index < until; index += 1) {
        const socket = sockets.get(ids[index] ?? '');
        if (!socket) continue;
        const outcome = send(socket, push);
        if (outcome === 'written') ready += 1;
        else if (outcome === 'busy') busy.push(socket.id);
      }
      // A library that changed inside would make every push take the slow way, and nothing else would show it.
      sentFrames.inc({ way: 'ready' }, ready);
      sentFrames.inc({ way: 'packet' }, busy.length);
      // `local`: every process walks its own sockets.
      if (busy.length > 0) io.local.to(busy).emit(push.name, push.payload);
      if (until < ids.length) setImmediate(sendSlice, until);
      // The next push waits a turn too, or a backlog in a small room would be one long turn.
      else if (waiting.get(room)?.length === 0) waiting.delete(room);
      else setImmediate(walk, room);
    };
    sendSlice(0);
  };

  return (room, name, payload, delivery = 'every') => {
    const push = { ...encodeFrame(name, payload), delivery };
    const queue = waiting.get(room);
    if (queue) return void queue.push(push);
    waiting.set(room, [push]);
    walk(room);
  };
}

/** `busy` must go the library's own way. */
function send(socket: Socket, { bytes, delivery }: Push): 'written' | 'busy' | 'left-out' {
  if (delivery === 'may-drop' && !isIdle(socket)) return 'left-out';
  const outcome = writeFrame(socket, bytes, most);
  if (outcome !== 'slow') return outcome;
  cutOff(socket);
  return 'left-out';
}

/** A reader who has stopped: the memory of what waits would grow with every broadcast. */
function cutOff(socket: Socket): void {
  slowConsumers.inc();
  socket.disconnect(true);
  // A closing handshake waits behind what is never read, for half a minute.
  terminate(socket);
}
