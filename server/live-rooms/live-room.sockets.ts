import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';

/** How the room is run. */
export function liveRoomSettingsMessages(deps: Deps): ServedMessage[] {
  void deps;
  return [];
}
