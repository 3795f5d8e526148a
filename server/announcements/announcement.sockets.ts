import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { makeAnnouncement } from './make-announcement.ts';
import { withdrawAnnouncement } from './withdraw-announcement.ts';

/** Banners that everybody in the room sees. */
export function announcementMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('announcement:make', deps, async (message, room) => ({
      announcement: await makeAnnouncement(room, message, deps),
    })),
    inRoom('announcement:withdraw', deps, async (message, room) => {
      await withdrawAnnouncement(room, message, deps);
      return {};
    }),
  ];
}
