import { createServer } from 'node:http';
import { createApp } from './app.ts';
import type { Deps } from './deps.ts';
import { startLive } from './live/start-live.ts';
import { passOnToOwner } from './platform/cluster/connection-owner.ts';
import { listen } from './platform/http/listen.ts';
import { passOnMedia } from './platform/http/pass-on-media.ts';
import { sharePublicAnswers } from './platform/http/share-page.ts';

/**
 * Pages, forms, JSON and live sockets on one port, which the forks of one process share: `siblings` is where they reach
 * each other. `stop` lets what has begun finish.
 */
export async function startWeb(
  deps: Deps,
  siblings: string | null = null,
): Promise<{ port: number; stop(): Promise<void> }> {
  const answers = sharePublicAnswers(deps);
  const server = createServer(answers.fastLane.before(createApp(deps, answers)));
  const live = startLive(server, deps);
  const media = passOnMedia(server, {
    url: deps.config.media.url,
    trustedProxies: deps.config.trustedProxies,
    logger: deps.logger,
  });
  if (siblings) await passOnToOwner(server, siblings);
  const listening = await listen(server, deps.config);
  return {
    port: listening.port,
    async stop() {
      media.hangUp();
      await Promise.all([live.stop(), listening.stop()]);
      media.stop();
    },
  };
}
