import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';

/** Taps, gathered and given on once a second; they may be dropped. */
export function reactionMessages(realtime: Realtime, deps: Deps): ServedMessage[] {
  void deps;
  void realtime;
  return [];
}
