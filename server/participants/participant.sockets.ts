import type { Deps } from '../deps.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { banViewer } from './ban-viewer.ts';
import { findViewers } from './find-viewers.ts';
import { lowerHand } from './lower-hand.ts';
import { inRoom } from './serve-in-room.ts';
import { silenceViewer } from './silence-viewer.ts';

/** Hands, and what moderators do about people. `hand:raise` is with the settings that allow it. */
export function participantMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('hand:lower', deps, async ({ participantId }, room) => {
      await lowerHand(room, participantId ?? room.me._id, deps);
      return {};
    }),
    inRoom('viewer:find', deps, (message, { event }) => findViewers(event._id, message, deps.clock.now())),
    inRoom('viewer:silence', deps, async (message, room) => {
      await silenceViewer(room, message, deps);
      return {};
    }),
    inRoom('viewer:ban', deps, async (message, room) => {
      await banViewer(room, message, deps);
      return {};
    }),
  ];
}
