import type { FactsPush } from '../contracts/live-events.ts';
import { liveAudience, type LiveAudience } from '../contracts/live-facts.ts';
import type { LiveSnapshot } from '../contracts/live-snapshot.ts';
import type { Logger } from '../platform/logging/create-logger.ts';
import { followLiveLog, type FollowedLog } from './follow-live-log.ts';
import { listLastSeqs } from './live-log.queries.ts';
import { logKey } from './live-log.rules.ts';
import { onLogGrown } from './wake-followers.ts';

/** What another process wrote arrives within this time. */
const pollMs = 250;

export interface LiveLogs {
  open(eventId: string, audience: LiveAudience): Promise<FollowedLog>;
  /** Keys of the logs that somebody reads in this process. */
  keys(): readonly string[];
  stop(): Promise<void>;
}

interface LiveLogsOptions {
  readonly logger: Logger;
  readonly readSnapshot: (eventId: string, audience: LiveAudience) => Promise<LiveSnapshot>;
  readonly publish: (room: string, push: FactsPush) => void;
  readonly roomSize: (room: string) => number;
}

/**
 * Follows the logs that somebody reads in this process: at once when this process wrote, by one small query four
 * times a second for all of them when another did. A log whose room is empty is let go.
 */
export function followLiveLogs({ logger, readSnapshot, publish, roomSize }: LiveLogsOptions): LiveLogs {
  const logs = new Map<string, Promise<FollowedLog>>();
  let polling = Promise.resolve();
  let isPolling = false;

  const open = (eventId: string, audience: LiveAudience): Promise<FollowedLog> => {
    const key = logKey(eventId, audience);
    let log = logs.get(key);
    if (!log) {
      log = followLiveLog(
        { eventId, audience, readSnapshot: () => readSnapshot(eventId, audience) },
        (facts) => publish(key, { eventId, audience, facts: [...facts] }),
      );
      log.catch(() => logs.delete(key));
      logs.set(key, log);
    }
    return log;
  };
  const noteFault = (key: string) => (error: unknown) =>
    logger.warn({ err: error, log: key }, 'a live log could not be read');
  const catchUp = (key: string, log: FollowedLog) => log.catchUp().catch(noteFault(key));

  const stopListening = onLogGrown((eventId, growth) => {
    for (const audience of growth ? [growth.audience] : liveAudience.options) {
      const key = logKey(eventId, audience);
      logs.get(key)?.then(
        (log) => (growth ? log.take(growth.facts).catch(noteFault(key)) : catchUp(key, log)),
        () => undefined,
      );
    }
  });

  const poll = async () => {
    for (const key of [...logs.keys()]) if (roomSize(key) === 0) logs.delete(key);
    if (logs.size === 0) return;
    const lastSeqs = await listLastSeqs([...logs.keys()]);
    for (const [key, following] of logs) {
      const log = await following;
      if ((lastSeqs.get(key) ?? 0) > log.seq) await catchUp(key, log);
    }
  };
  const timer = setInterval(() => {
    if (isPolling) return;
    isPolling = true;
    polling = poll()
      .catch((error: unknown) => logger.warn({ err: error }, 'live logs could not be polled'))
      .finally(() => (isPolling = false));
  }, pollMs);
  timer.unref();

  return {
    open,
    keys: () => [...logs.keys()],
    async stop() {
      clearInterval(timer);
      stopListening();
      await polling;
      await Promise.allSettled([...logs.values()].map(async (log) => (await log).catchUp()));
      logs.clear();
    },
  };
}
