import type { Deps } from '../deps.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { movePoll } from './move-poll.ts';
import { readResults } from './read-results.ts';
import { savePoll } from './save-poll.ts';
import { votePoll } from './vote-poll.ts';

/** Polls and votes. */
export function pollMessages(deps: Deps): ServedMessage[] {
  return [
    inRoom('poll:save', deps, (message, room) => savePoll(room, message, deps)),
    inRoom('poll:move', deps, async (message, { actor }) => {
      await movePoll(actor, message, deps);
      return {};
    }),
    inRoom('poll:vote', deps, (message, room) => votePoll(room, message, deps)),
    inRoom('poll:results', deps, ({ pollId }, room) => readResults(room, pollId)),
  ];
}
