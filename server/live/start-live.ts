import type { Server } from 'node:http';
import { announcementMessages } from '../announcements/announcement.sockets.ts';
import { attendanceMessages } from '../attendance/attendance.sockets.ts';
import { pushCaptions } from '../captions/caption.sockets.ts';
import { tallyBeats } from '../attendance/tally-beats.ts';
import { chatMessages } from '../chat/chat.sockets.ts';
import type { NumberedFact } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import { gatherFrames } from '../platform/realtime/gather-frames.ts';
import { startRealtime, type RealtimeLimits } from '../platform/realtime/start-realtime.ts';
import { resolveSignIns } from '../sign-ins/resolve-sign-ins.ts';
import { followLiveLogs } from '../live-log/follow-live-logs.ts';
import { readLogKey } from '../live-log/live-log.rules.ts';
import { liveRoomSettingsMessages } from '../live-rooms/live-room.sockets.ts';
import { participantMessages } from '../participants/participant.sockets.ts';
import { streamMessages } from '../streams/stream.sockets.ts';
import { studioRoomMessages } from '../streams/studio-room.sockets.ts';
import { watchHealth } from '../streams/watch-health.ts';
import { pollMessages } from '../polls/poll.sockets.ts';
import { questionMessages } from '../questions/question.sockets.ts';
import { checkTickets } from './check-tickets.ts';
import { countViewers } from './count-viewers.ts';
import { mineMessages } from './mine.sockets.ts';
import { reactionMessages } from './reaction.sockets.ts';
import { getLiveSnapshot } from './live.queries.ts';
import { liveRoomMessages } from './live.sockets.ts';

/** Live rooms on the pages' server. `stop` sends the sockets away, told when to come back. */
export function startLive(
  server: Server,
  deps: Deps,
  limits: Partial<RealtimeLimits> = {},
): { stop(): Promise<void> } {
  const realtime = startRealtime(server, {
    publicUrl: deps.config.publicUrl,
    logger: deps.logger,
    secrets: deps.secrets,
    clock: deps.clock,
    limits,
    authenticate: (cookieHeader) => resolveSignIns(cookieHeader, deps),
    checkTickets: (tickets) => checkTickets(tickets, deps),
  });
  const frames = gatherFrames<NumberedFact>({
    send(room, facts) {
      const { eventId, audience } = readLogKey(room);
      realtime.broadcast(room, 'live:facts', { eventId, audience, facts });
    },
    roomSize: (room) => realtime.roomSize(room),
  });
  const logs = followLiveLogs({
    logger: deps.logger,
    readSnapshot: (eventId, audience) => getLiveSnapshot(eventId, audience, deps.clock.now()),
    publish: (room, push) => frames.add(room, push.facts),
    roomSize: (room) => realtime.roomSize(room),
  });
  const beats = tallyBeats(deps);
  const viewers = countViewers(realtime, logs);
  const reactions = reactionMessages(realtime, deps);
  const stopCaptions = pushCaptions(realtime);
  const health = watchHealth(realtime);
  const studio = studioRoomMessages(realtime, deps);
  realtime.serve([
    ...liveRoomMessages(logs, deps),
    ...mineMessages(deps),
    ...reactions.messages,
    ...attendanceMessages(beats, deps),
    ...participantMessages(deps),
    ...liveRoomSettingsMessages(deps),
    ...streamMessages(health, deps),
    ...studio.messages,
    ...chatMessages(deps),
    ...questionMessages(deps),
    ...pollMessages(deps),
    ...announcementMessages(deps),
  ]);
  return {
    async stop() {
      viewers.stop();
      reactions.stop();
      health.stop();
      studio.stop();
      stopCaptions();
      await realtime.stop();
      await beats.flush();
      await logs.stop();
      frames.stop();
    },
  };
}
