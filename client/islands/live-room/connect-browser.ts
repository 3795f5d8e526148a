import { io } from 'socket.io-client';
import type { LiveAudience } from '../../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { connectLive, type LiveClientSocket } from './live-connection.ts';
import type { LiveStore } from './live-room.store.ts';

/** So long without a tick is a sleep; a hidden page still has one a minute. */
const sleptMs = 150_000;

/** The join ticket of a page: what it came with, and then what the last beat brought. */
export interface HeldTicket {
  current: string | null;
}

/** Connects a store to this site's server and starts its clock. Returns the socket for messages of one's own. */
export function connectBrowser(
  store: LiveStore,
  audience: LiveAudience,
  ticket: HeldTicket = { current: null },
): LiveClientSocket {
  const { event } = store.snapshot.value;
  // Half of everybody coming back in one second is how a restart is followed by another: spread widely.
  const socket = io({
    autoConnect: false,
    // Asked for at every connection. One that has expired is no harm: the cookie is asked instead.
    auth: (send) => send(ticket.current === null ? {} : { ticket: ticket.current }),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    randomizationFactor: 1,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 30_000,
  });
  let tag: string | null = null;
  connectLive(
    socket,
    store,
    { eventId: event.id, audience },
    {
      now: () => Date.now(),
      later: (work, ms) => void setTimeout(work, ms),
      random: () => Math.random(),
      async fetchRoom() {
        // The plain answer is numbered for viewers.
        if (audience !== 'viewers') return null;
        const response = await fetch(`/api/events/${encodeURIComponent(event.slug)}/live`, {
          headers: tag ? { 'if-none-match': tag } : {},
        });
        if (response.status === 304) return null;
        if (!response.ok) throw new Error(`The room answered ${response.status}`);
        tag = response.headers.get('etag');
        return (await response.json()) as { snapshot: LiveSnapshot; seq: number; now: number };
      },
    },
  );
  let lastTickAt = Date.now();
  const tick = () => {
    const now = Date.now();
    // After a sleep the line is dead, and what is pressed first would be lost on it: begin anew before that.
    if (now - lastTickAt > sleptMs && socket.connected) socket.io.engine.close();
    lastTickAt = now;
    store.tick(now);
  };
  tick();
  setInterval(tick, 250);
  // A laptop that was shut: the timer of the last attempt may be half a minute away.
  const wake = () => {
    if (!socket.connected && store.connection.value.kind === 'lost') socket.connect();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake());
  return socket;
}
