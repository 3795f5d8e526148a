import { onPeerMessage, tellPeers } from './peer-bus.ts';

type Listener = (signInId: string) => void;
const listeners = new Set<Listener>();

/** Tells the sockets of every process that a sign-in ended; whom it does not reach finds out at the next re-check. */
export function announceRevokedSignIn(signInId: string): void {
  for (const listener of listeners) listener(signInId);
  tellPeers('sign-in:revoked', { signInId });
}

onPeerMessage('sign-in:revoked', ({ signInId }) => listeners.forEach((listener) => listener(signInId)));

/** Returns the function that stops listening. */
export function onRevokedSignIn(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
