import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { LiveAnswer, LiveMessage, LiveMessageName } from '../../../server/contracts/live-messages.ts';
import type { LiveClientSocket } from './live-connection.ts';
import type { LiveStore } from './live-room.store.ts';

/** Sends one message of one's own. null: no line was open, or it dropped before the answer came. */
export type Ask = <K extends LiveMessageName>(
  name: K,
  message: Omit<LiveMessage<K>, 'eventId'>,
) => Promise<LiveAck<LiveAnswer<K>> | null>;

/** A server that is never reached: for a page that is only printed. */
export const askNobody: Ask = () => Promise.resolve(null);

/**
 * Asks over a socket. What is asked while the line is down is answered with null at once, and never kept by the
 * socket: it would be sent before the page has joined again.
 */
export function askThrough(
  socket: LiveClientSocket,
  store: Pick<LiveStore, 'connection'>,
  eventId: string,
): Ask {
  const waiting = new Set<() => void>();
  socket.on('disconnect', () => {
    for (const giveUp of [...waiting]) giveUp();
  });
  return (name, message) =>
    new Promise((resolve) => {
      if (!socket.connected || store.connection.value.kind !== 'connected') return resolve(null);
      const giveUp = () => {
        waiting.delete(giveUp);
        resolve(null);
      };
      waiting.add(giveUp);
      const send = socket.emit.bind(socket) as (
        name: string,
        message: object,
        ack: (answer: never) => void,
      ) => unknown;
      send(name, { ...message, eventId }, (answer) => {
        waiting.delete(giveUp);
        resolve(answer);
      });
    });
}
