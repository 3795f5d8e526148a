import { logKey } from '../live-log/live-log.rules.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';
import { onSaidCaptions } from './tell-captions.ts';

/** Shows captions, as they are written, to everybody in the room of their event. Returns the function that stops. */
export function pushCaptions(realtime: Pick<Realtime, 'broadcast'>): () => void {
  return onSaidCaptions((said) => {
    for (const audience of ['viewers', 'moderators', 'backstage'] as const)
      realtime.broadcast(logKey(said.eventId, audience), 'caption:said', said, 'may-drop');
  });
}
