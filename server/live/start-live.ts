import type { Server } from 'node:http';
import type { Deps } from '../deps.ts';
import { startRealtime, type RealtimeLimits } from '../platform/realtime/start-realtime.ts';
import { resolveSignIns } from '../sign-ins/resolve-sign-ins.ts';
import { followLiveLogs } from './follow-live-logs.ts';
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
    limits,
    authenticate: (cookieHeader) => resolveSignIns(cookieHeader, deps),
  });
  const logs = followLiveLogs({
    logger: deps.logger,
    publish: (room, push) => realtime.broadcast(room, 'live:facts', push),
    roomSize: (room) => realtime.roomSize(room),
  });
  realtime.serve(liveRoomMessages(logs, deps));
  return {
    async stop() {
      await realtime.stop();
      await logs.stop();
    },
  };
}
