/** Whose right to be in a room may have ended: as the holder of this address, or of a pass to this place. */
export interface RightsHolder {
  readonly registrationId: string;
  readonly email: string;
}
type Listener = (holder: RightsHolder) => void;
const listeners = new Set<Listener>();

/** Has the holder's sockets of this process re-checked at once; other processes do it at their next re-check. */
export function announceChangedRights(holder: RightsHolder): void {
  for (const listener of listeners) listener(holder);
}

/** Returns the function that stops listening. */
export function onChangedRights(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
