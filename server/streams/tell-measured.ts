import type { StreamHealth } from '../contracts/stream-health.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';

type Listener = (eventId: string, streams: readonly StreamHealth[]) => void;
const listeners = new Set<Listener>();

/** Tells every web process how an event's streams are, as the media process said to this one. It may be lost. */
export function tellMeasured(eventId: string, streams: readonly StreamHealth[]): void {
  for (const listener of listeners) listener(eventId, streams);
  tellPeers('streams:measured', { eventId, streams: [...streams] });
}

onPeerMessage('streams:measured', ({ eventId, streams }) =>
  listeners.forEach((listener) => listener(eventId, streams)),
);

/** Returns the function that stops listening. */
export function onMeasured(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
