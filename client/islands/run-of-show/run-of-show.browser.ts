import { h, hydrate } from 'preact';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import { connectBrowser } from '../live-room/connect-browser.ts';
import type { LiveClientSocket } from '../live-room/live-connection.ts';
import { createShowStore, type ShowStart } from './run-of-show.store.ts';
import { RunOfShow } from './run-of-show.tsx';
import { listenToKeys } from './show-keys.browser.ts';
import { createKeys } from './show-keys.ts';

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as ShowStart;
  let socket: LiveClientSocket | null = null;
  const store = createShowStore(start, {
    send(name, message, ack) {
      if (!socket?.connected) return false;
      // The map of messages cannot say that name, message and answer belong together for a name that is not known yet.
      const emit = socket.emit.bind(socket) as (
        name: string,
        message: unknown,
        ack: (answer: LiveAck<never>) => void,
      ) => unknown;
      emit(name, message, ack);
      return true;
    },
    newId: () => newClientId(),
  });
  const keys = createKeys();
  hydrate(h(RunOfShow, { store, start, keys }), element);
  // After the first paint, which is as the server knew it.
  listenToKeys(store, keys, start.canDirect);
  socket = connectBrowser(store, start.audience);
  socket.on('live:viewers', ({ eventId, count }) => {
    if (eventId === start.snapshot.event.id) store.hearViewers(count);
  });
  socket.on('stream:health', ({ eventId, streams, watching }) => {
    if (eventId === start.snapshot.event.id) store.hearHealth({ streams, watching });
  });
}

/** Also on plain http addresses, where browsers hide `randomUUID`. */
const newClientId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
