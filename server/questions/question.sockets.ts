import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** Questions to speakers, votes for them, and what moderators do with them. */
export function questionMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
