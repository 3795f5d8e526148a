import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** Banners that everybody in the room sees. */
export function announcementMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
