import { setTimeout as delay } from 'node:timers/promises';
import { Gauge } from 'prom-client';
import type { Logger } from '../logging/create-logger.ts';
import { metrics } from '../metrics/metrics.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { addPeerCarrier, hearPeer } from './peer-bus.ts';
import { openRedisPeers, type RedisPeers } from './redis-peers.ts';

/** All processes lose Redis at once; they do not come back to it at once. */
const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Stays in touch with the other processes through Redis as long as it is there, and comes back by itself. Nothing
 * waits for it: without it facts arrive by the next poll, and ended rights are found at the next re-check.
 */
export function joinPeers(
  redisUrl: string,
  { secrets, logger }: { secrets: SecretBox; logger: Logger },
): { stop(): void } {
  const isUp = peersGauge();
  isUp.set(0);
  // Several installations may share a Redis. The processes of one have its key in common.
  const name = `plenary:${secrets.sign('peers', '').slice(0, 16)}`;
  const stopping = new AbortController();
  let peers: RedisPeers | null = null;
  let pauseMs = shortestPauseMs;
  let isMissed = false;
  const stopCarrying = addPeerCarrier((envelope) => peers?.tell(envelope));

  const stay = async () => {
    while (!stopping.signal.aborted) {
      try {
        const opened = await openRedisPeers(redisUrl, name, hearPeer);
        if (stopping.signal.aborted) return opened.close();
        peers = opened;
        isUp.set(1);
        logger.info('other processes are reached through Redis');
        isMissed = false;
        pauseMs = shortestPauseMs;
        await opened.lost;
      } catch (error) {
        note(error);
      }
      peers = null;
      isUp.set(0);
      if (!stopping.signal.aborted) note(null);
      await delay(pauseMs * (0.5 + Math.random()), undefined, {
        signal: stopping.signal,
        ref: false,
      }).catch(() => undefined);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  };
  // Once, however long it is gone. The URL may hold a password: only the code is told.
  const note = (error: unknown) => {
    if (isMissed) return;
    isMissed = true;
    const code = (error as NodeJS.ErrnoException | null)?.code;
    logger.warn({ code }, 'Redis is gone; other processes follow by polling until it is back');
  };
  void stay();
  return {
    stop() {
      stopping.abort();
      stopCarrying();
      peers?.close();
    },
  };
}

let gauge: Gauge | null = null;

/** Not there at all in a process that needs no Redis. */
function peersGauge(): Gauge {
  return (gauge ??= new Gauge({
    name: 'plenary_peers_up',
    help: 'Whether other processes are reached through Redis (1) or by polling alone (0)',
    // Of forks that are measured together, the one that is worst off.
    aggregator: 'min',
    registers: [metrics],
  }));
}
