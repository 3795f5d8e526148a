import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** What is said in a live room, and what moderators do with it. */
export function chatMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
