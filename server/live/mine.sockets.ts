import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** What is one person’s own. */
export function mineMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
