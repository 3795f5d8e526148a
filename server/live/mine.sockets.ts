import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { getMine } from './mine.queries.ts';

/** What is one person’s own. */
export function mineMessages(deps: Deps): ServedMessage[] {
  return [inRoom('mine:read', deps, (_message, room) => getMine(room, deps.clock.now()))];
}
