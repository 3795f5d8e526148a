import type { LiveAudience, NumberedFact } from '../contracts/live-facts.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';

/** What was just written to one log, as it was committed; absent when another process wrote it. */
export interface Growth {
  readonly audience: LiveAudience;
  readonly facts: readonly NumberedFact[];
}
type Listener = (eventId: string, growth?: Growth) => void;
const listeners = new Set<Listener>();

/** Tells the followers of every process that an event's log grew; whom it does not reach finds it by polling. */
export function wakeFollowers(eventId: string, growth: readonly Growth[]): void {
  for (const one of growth) for (const listener of listeners) listener(eventId, one);
  tellPeers('log:grown', { eventId });
}

onPeerMessage('log:grown', ({ eventId }) => listeners.forEach((listener) => listener(eventId)));

/** Returns the function that stops listening. */
export function onLogGrown(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
