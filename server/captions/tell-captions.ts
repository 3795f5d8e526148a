import type { LivePush } from '../contracts/live-events.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';
import type { Caption } from './caption.model.ts';

type Said = LivePush<'caption:said'>;
type Listener = (said: Said) => void;
const listeners = new Set<Listener>();

/** Tells the live rooms of all processes. It may be lost: what was said is stored, and is in the replay. */
export function tellCaptions(eventId: string, captions: readonly Caption[]): void {
  if (captions.length === 0) return;
  const said: Said = {
    eventId,
    captions: captions.map(({ _id, stageId, from, to, text }) => ({
      id: _id,
      stageId: stageId ?? null,
      from: from.toISOString(),
      to: to.toISOString(),
      text,
    })),
  };
  for (const listener of listeners) listener(said);
  tellPeers('caption:said', said);
}

onPeerMessage('caption:said', (said) => listeners.forEach((listener) => listener(said)));

/** Returns the function that stops listening. */
export function onSaidCaptions(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
