import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** Polls and votes. */
export function pollMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
