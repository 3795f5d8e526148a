import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** Hands, and what moderators do about people. */
export function participantMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
