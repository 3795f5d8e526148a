type Listener = (signInId: string) => void;
const listeners = new Set<Listener>();

/** Tells the sockets of this process that a sign-in ended; other processes find out at their next re-check. */
export function announceRevokedSignIn(signInId: string): void {
  for (const listener of listeners) listener(signInId);
}

/** Returns the function that stops listening. */
export function onRevokedSignIn(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
