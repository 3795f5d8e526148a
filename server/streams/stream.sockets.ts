import { liveMessages } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { enterLiveRoom } from '../participants/enter-live-room.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import { liveMessage, type ServedMessage } from '../platform/realtime/live-message.ts';
import { showPicture } from './show-picture.ts';
import { pictureOf, refusedSwitch } from './stream.rules.ts';
import type { HealthWatch } from './watch-health.ts';
import { findWatchPath } from './watch.queries.ts';

const report = liveMessages['picture:report'];

/** The way to a stage's pictures, what players notice on it, and the switch of the run of show. */
export function streamMessages(health: Pick<HealthWatch, 'report'>, deps: Deps): ServedMessage[] {
  return [
    inRoom('picture:watch', deps, ({ eventId, stageId }, { event, me }) => {
      requireStage(event, stageId);
      return findWatchPath({ eventId, participantId: me._id, stageId }, deps);
    }),
    liveMessage({
      name: 'picture:report',
      schema: report.payload,
      rate: report.rate,
      permit: (who, { eventId }): Promise<object> =>
        enterLiveRoom(who, { eventId, permission: report.permission }, deps),
      // Ten thousand players report every ten seconds, and nothing is told to who sends it.
      permitByTicket: (ticket, { eventId }) => (ticket.eventId === eventId ? Promise.resolve({}) : null),
      handle(message) {
        health.report(message);
        return Promise.resolve({});
      },
    }),
    inRoom('picture:show', deps, async (message, room) => {
      const result = await showPicture(room, message, deps);
      if (!result.ok) throw new AppError('conflict', refusedSwitch[result.reason]);
      return { picture: pictureOf(result.stream) };
    }),
  ];
}
