// A published event with a stage, a key, somebody with a place, and the built media process beside a real web process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWatchPath } from '../../server/platform/media/origin/path-token.ts';
import { issueStudioTicket } from '../../server/streams/studio-ticket.rules.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { seedLiveDay, seedViewer } from '../../test/live/live-day.ts';
import { giveKey } from '../../test/streams/stream-day.ts';
import { startMediaProcess } from '../../test/support/media-process.ts';
import { freePort, openProduct } from '../../test/support/product.ts';
import { until } from '../../test/support/until.ts';

/** The key of the tests' installation (`openProduct`). */
const secretKey = 'ab'.repeat(32);

export async function openStage(environment: Record<string, string> = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-bench-stream-'));
  const port = await freePort();
  const product = await openProduct({
    looks: true,
    now: new Date().toISOString(),
    environment: { MEDIA_URL: `http://127.0.0.1:${port}` },
  });
  const clock = setInterval(() => product.clock.advance({ seconds: 1 }), 1_000);
  const day = await seedLiveDay(product.clock.now());
  const viewer = await seedViewer(day.eventId, day.organiserId, product.clock.now());
  const { key, streamId } = await giveKey(product, day.eventId);
  const media = await startMediaProcess({
    ...{ dataDirectory, secretKey, port, environment },
    webUrl: product.url,
  });
  return {
    ...{ product, media, streamId, day, viewer },
    pid: media.pid,
    publishTo: `rtmp://127.0.0.1:${media.rtmpPort}/live/${key}`,
    key,
    /** For one going-live from a browser. */
    ticket: () =>
      issueStudioTicket({ streamId, person: 'member:bench' }, product.clock.now(), product.deps.secrets),
    /** Address of the live playlists' folder at the media process itself, without the web process between. */
    origin(runId: string, viewer = 'bench') {
      const path = makeWatchPath(product.deps.secrets, {
        ...{ scope: streamId, viewer },
        expiresAt: Date.now() + 3_600_000,
      });
      return `http://127.0.0.1:${media.port}${path}${runId}/`;
    },
    /** The run that is being received, once web has heard of it. */
    run: (other: string | null = null) =>
      until(
        'a run',
        async () => {
          const stream = await findStreamOfStage(day.eventId, 'main');
          return stream?.runId && stream.runId !== other ? stream.runId : null;
        },
        30_000,
      ),
    finish: () => product.deps.media.ask('finish', { streamId }),
    async close() {
      clearInterval(clock);
      await media.stop();
      await product.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
