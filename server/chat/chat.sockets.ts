import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { writeMessage } from './write-message.ts';

/** What is said in a live room, and what moderators do with it. */
export function chatMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('chat:post', deps, async (message, room) => ({
      message: await writeMessage(room, message, deps),
    })),
  ];
}
