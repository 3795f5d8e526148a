import type { LivePush } from '../../contracts/live-events.ts';
import type { RightsHolder } from './changed-rights.ts';
import { onPeerMessage, tellPeers } from './peer-bus.ts';

type Silenced = LivePush<'live:silenced'>;
type Listener = (holder: RightsHolder, silenced: Silenced) => void;
const listeners = new Set<Listener>();

/** Tells one person on all devices. It may be lost: what counts is stored and asked at their next message. */
export function tellPerson({ registrationId, email }: RightsHolder, silenced: Silenced): void {
  for (const listener of listeners) listener({ registrationId, email }, silenced);
  tellPeers('person:silenced', { registrationId, email, silenced });
}

onPeerMessage('person:silenced', ({ silenced, ...holder }) =>
  listeners.forEach((listener) => listener(holder, silenced)),
);

/** Returns the function that stops listening. */
export function onToldPerson(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
