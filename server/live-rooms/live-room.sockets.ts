import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { allowHand } from './allow-hand.ts';
import { changeLiveRoom } from './change-live-room.ts';
import { changeWordList } from './change-word-list.ts';
import { getLiveRoomSettings } from './live-room.queries.ts';
import { showOnStage } from './show-on-stage.ts';

/** How the room is run. */
export function liveRoomSettingsMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('room:change', deps, async (message, room) => ({
      room: await changeLiveRoom(room, message, deps),
    })),
    inRoom('stage-view:show', deps, async (message, room) => {
      await showOnStage(room, message, deps);
      return {};
    }),
    inRoom('word-list:read', deps, async (_, { event }) => {
      const { words } = await getLiveRoomSettings(event._id);
      return { words: [...words] };
    }),
    inRoom('word-list:change', deps, async ({ words }, room) => {
      await changeWordList(room, words, deps);
      return {};
    }),
    inRoom('hand:raise', deps, async (message, room) => {
      await allowHand(room, message, deps);
      return {};
    }),
  ];
}
