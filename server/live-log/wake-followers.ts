import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';

type Listener = (eventId: string) => void;
const listeners = new Set<Listener>();

/** Tells the followers of every process that an event's log grew; whom it does not reach finds it by polling. */
export function wakeFollowers(eventId: string): void {
  for (const listener of listeners) listener(eventId);
  tellPeers('log:grown', { eventId });
}

onPeerMessage('log:grown', ({ eventId }) => listeners.forEach((listener) => listener(eventId)));

/** Returns the function that stops listening. */
export function onLogGrown(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
