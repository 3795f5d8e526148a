import type { StreamHealth } from '../contracts/stream-health.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';

type Listener = (eventId: string, streams: readonly StreamHealth[]) => void;
const listeners = new Set<Listener>();

/** For pages that are read once. */
const kept = new Map<string, { readonly health: StreamHealth; readonly at: number }>();
const keptMs = 5_000;

/** Tells every web process how an event's streams are, as the media process said to this one. It may be lost. */
export function tellMeasured(eventId: string, streams: readonly StreamHealth[]): void {
  hear(eventId, streams);
  tellPeers('streams:measured', { eventId, streams: [...streams] });
}

onPeerMessage('streams:measured', ({ eventId, streams }) => hear(eventId, streams));

function hear(eventId: string, streams: readonly StreamHealth[]): void {
  const at = performance.now();
  for (const [streamId, entry] of kept) if (at - entry.at > keptMs) kept.delete(streamId);
  for (const health of streams) kept.set(health.streamId, { health, at });
  for (const listener of listeners) listener(eventId, streams);
}

/** How a stream was within the last seconds; null: nothing comes in, or the media process is away. */
export function lastMeasured(streamId: string): StreamHealth | null {
  const entry = kept.get(streamId);
  return entry && performance.now() - entry.at <= keptMs ? entry.health : null;
}

/** Returns the function that stops listening. */
export function onMeasured(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
