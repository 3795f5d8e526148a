import { h, hydrate } from 'preact';
import { connectBrowser } from '../live-room/connect-browser.ts';
import type { LiveClientSocket } from '../live-room/live-connection.ts';
import { createShowStore, type ShowStart } from './run-of-show.store.ts';
import { RunOfShow } from './run-of-show.tsx';

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as ShowStart;
  let socket: LiveClientSocket | null = null;
  const store = createShowStore(start, (message, ack) => {
    if (!socket?.connected) return false;
    socket.emit('session:move', message, ack);
    return true;
  });
  hydrate(h(RunOfShow, { store, path: start.path, canDirect: start.canDirect }), element);
  socket = connectBrowser(store, start.audience);
}
