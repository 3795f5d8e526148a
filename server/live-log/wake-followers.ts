type Listener = (eventId: string) => void;
const listeners = new Set<Listener>();

/** Tells the followers of this process that an event's log grew; other processes find it by polling. */
export function wakeFollowers(eventId: string): void {
  for (const listener of listeners) listener(eventId);
}

/** Returns the function that stops listening. */
export function onLogGrown(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
