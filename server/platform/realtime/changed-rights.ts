import { onPeerMessage, tellPeers } from './peer-bus.ts';

/** Whose right to be in a room may have ended: as the holder of this address, or of a pass to this place. */
export interface RightsHolder {
  readonly registrationId: string;
  readonly email: string;
}
type Listener = (holder: RightsHolder) => void;
const listeners = new Set<Listener>();

/** Has the holder's sockets re-checked at once, in every process that can be reached; others find out at their next. */
export function announceChangedRights(holder: RightsHolder): void {
  for (const listener of listeners) listener(holder);
  tellPeers('rights:changed', { registrationId: holder.registrationId, email: holder.email });
}

onPeerMessage('rights:changed', (holder) => listeners.forEach((listener) => listener(holder)));

/** Returns the function that stops listening. */
export function onChangedRights(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
