import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import { loadConfig, type Config } from './config.ts';
import { clientAddress } from './platform/http/client-address.ts';
import { startAdminServer } from './platform/http/health.ts';
import { listen } from './platform/http/listen.ts';
import { sendProblem } from './platform/http/send-problem.ts';
import { createLogger, type Logger } from './platform/logging/create-logger.ts';
import { openAskedFiles } from './platform/media/control/asked-files.ts';
import { makeFiles } from './platform/media/control/make-files.ts';
import { serveControl } from './platform/media/control/serve-control.ts';
import { createWebClient } from './platform/media/control/web-client.ts';
import { addRungs } from './platform/media/hub/add-rungs.ts';
import { openHub } from './platform/media/hub/hub.ts';
import { keepRuns } from './platform/media/hub/keep-runs.ts';
import { openRunJournal } from './platform/media/hub/run-journal.ts';
import { watchDisk } from './platform/media/hub/watch-disk.ts';
import { createPathChecker } from './platform/media/origin/path-token.ts';
import { serveOrigin } from './platform/media/origin/serve-origin.ts';
import { createDiskStore } from './platform/media/packaging/disk-store.ts';
import { openRun, reopenRun } from './platform/media/packaging/open-run.ts';
import type { Admit } from './platform/media/publishing.ts';
import { serveRecorder } from './platform/media/recorder/serve-recorder.ts';
import { openRecordings } from './platform/media/recording/recording.ts';
import {
  followCertificate,
  readCertificate,
  type Certificate,
} from './platform/media/rtmp/follow-certificate.ts';
import { listenRtmp } from './platform/media/rtmp/listen-rtmp.ts';
import { findFfmpeg } from './platform/media/rungs/find-ffmpeg.ts';
import { openStorage } from './platform/media/storage/open-storage.ts';
import { serveWhip } from './platform/media/whip/serve-whip.ts';
import { readOrMakeInstallationKey } from './platform/secrets/installation-key.ts';
import { createSecretBox, type SecretBox } from './platform/secrets/secret-box.ts';
import { endOnFailure, stopOnSignals } from './platform/shutdown.ts';
import { systemClock, type Clock } from './platform/time/clock.ts';

export interface MediaParts {
  readonly config: Config;
  readonly secrets: SecretBox;
  readonly logger: Logger;
  readonly clock?: Clock;
}

export interface Media {
  /** HTTP: `/live/…` for everybody, `/control/…` for web. */
  readonly port: number;
  /** null: the port is taken, and nothing comes in by RTMP. */
  readonly rtmpPort: number | null;
  stop(): Promise<void>;
}

/** Takes pictures in, packages and records them, and gives them to viewers. */
export async function openMedia({
  config,
  secrets,
  logger,
  clock = systemClock,
}: MediaParts): Promise<Media> {
  const { media, dataDirectory } = config;
  const now = () => clock.now().getTime();
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const ffmpeg = await findFfmpeg(media.ffmpegPath);
  if (!ffmpeg.ok) logger.warn(`${ffmpeg.message}; there is one size of picture only`);
  const ffmpegPath = ffmpeg.ok ? ffmpeg.file : null;

  const web = createWebClient({ url: media.webUrl, secrets });
  const checker = createPathChecker(secrets, now);
  const disk = watchDisk(dataDirectory, { logger, onLook: () => runs.lookAtDisk() });
  const storage = media.storage && (await openStorage({ config: media.storage, dataDirectory, logger, now }));
  const runs = keepRuns({
    ...{ open: openRun, reopen: reopenRun, clock, logger },
    store: createDiskStore(dataDirectory, (streamId, runId) => storage?.keptOfRun(streamId, runId)),
    disk: () => disk.state(),
    isStorageAway: () => storage?.isAway() ?? false,
    startRungs: (run) => addRungs(run, ffmpegPath, logger),
  });
  await disk.look();
  const hub = await openHub({
    ...{ web, clock, logger },
    node: hostname().slice(0, 64),
    reconnectMs: media.reconnectSeconds * 1_000,
    journal: openRunJournal(dataDirectory, logger),
    openRun: runs.openRun,
    reopenRun: runs.reopenRun,
    attach: runs.attach,
    onRevoked: checker.revoke,
  });
  const recordings = openRecordings({ dataDirectory, ffmpegPath, storage });
  const files = makeFiles({ recordings, asked: openAskedFiles(dataDirectory), web, logger });
  await files.resume();

  const origin = serveOrigin({
    ...{ checker, now, logger, recordings, storage },
    isBehindCdn: media.isBehindCdn,
    renditions: (streamId, runId) => hub.renditions(streamId, runId),
    saw: (streamId, viewer) => hub.sawViewer(streamId, viewer),
  });
  const control = serveControl(
    {
      select: follow(({ streamId, source }) => hub.select(streamId, source)),
      cut: follow(({ streamId, source, message, tag }) => hub.cut(streamId, source, message, tag)),
      async finish({ streamId }) {
        await hub.finish(streamId);
        return {};
      },
      revoke: follow(({ viewers, until }) => checker.revoke(viewers, until)),
      async 'make-file'(asked) {
        await files.make(asked);
        return {};
      },
      async recorded(range) {
        const { durationMs, bytes, isWhole, holes } = await recordings.readRecording(range);
        return { durationMs: Math.round(durationMs), bytes, isWhole, holes: [...holes] };
      },
      async erase({ fileIds, ...range }) {
        await files.drop(range.streamId, fileIds);
        await recordings.erase(range, fileIds);
        return {};
      },
    },
    { secrets, logger },
  );
  const whip = await serveWhip({
    ...{ admit: hub.admit, logger },
    udpPort: media.webRtc.port,
    publicAddress: media.webRtc.publicAddress,
    addressOf: (request) => addressOf(request, config),
  });
  const recorder = serveRecorder({
    ...{ admit: hub.admit, logger },
    addressOf: (request: IncomingMessage) => addressOf(request, config),
  });

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/live/t/')) origin(request, response);
    else if (request.url?.startsWith('/control/')) control(request, response);
    else if (!whip.handle(request, response))
      sendProblem(response, 404, 'not-found', 'There is nothing at this address.');
  });
  server.maxConnections = 20_000;
  // Who takes nothing for so long is gone, and holds a whole segment.
  server.timeout = 60_000;
  server.on('upgrade', (request, connection, head) => {
    connection.on('error', () => connection.destroy());
    if (!recorder.upgrade(request, connection, head)) connection.destroy();
  });
  const listening = await listen(server, { host: config.host, port: media.port });
  const rtmp = await openRtmp(config, hub.admit, logger, clock);
  const timers = [setInterval(() => hub.look(), 250), setInterval(() => void hub.reportHealth(), 1_000)];

  logger.info({ port: listening.port, rtmpPort: rtmp[0]?.port, udpPort: whip.udpPort }, 'media is ready');
  return {
    port: listening.port,
    rtmpPort: rtmp[0]?.port ?? null,
    async stop() {
      timers.forEach((timer) => clearInterval(timer));
      disk.stop();
      await hub.stop();
      await Promise.all([...rtmp.map((one) => one?.stop()), whip.close(), recorder.close()]);
      await listening.stop();
      await files.settled();
      await storage?.stop();
    },
  };
}

/** RTMP, and RTMPS where there is a certificate; each null when its port is taken. */
function openRtmp({ media }: Config, admit: Admit, logger: Logger, clock: Clock) {
  const { rtmp, rtmps } = media;
  const open = (name: string, port: number, tls?: Certificate) =>
    listenRtmp({ host: rtmp.host, port, admit, logger, clock, ...(tls && { tls }) }).catch(
      (error: unknown) => {
        const advice = `${name} ${port} cannot be used; stop what listens there or set ${name} to another`;
        logger.warn({ err: error }, `${advice}. Nothing comes in there until then`);
        return null;
      },
    );
  const openSecure = async (files: NonNullable<typeof rtmps>) => {
    const certificate = await readCertificate(files);
    const opened = await open('RTMPS_PORT', files.port, certificate);
    if (!opened) return null;
    const watch = followCertificate(files, certificate, { logger, use: (renewed) => opened.renew(renewed) });
    const stop = () => (watch.stop(), opened.stop());
    return { ...opened, stop };
  };
  return Promise.all([open('RTMP_PORT', rtmp.port), ...(rtmps ? [openSecure(rtmps)] : [])]);
}

/** Web says who asked; so does a proxy in front of this process, where the operator says that there is one. */
function addressOf(request: IncomingMessage, config: Config): string {
  const isNeighbour = /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
  return clientAddress(request, isNeighbour ? Math.max(1, config.trustedProxies) : config.trustedProxies);
}

/** What follows a message that asks for nothing back. */
const follow =
  <M>(act: (message: M) => void) =>
  (message: M): Record<string, never> => {
    act(message);
    return {};
  };

/** The media process: beside web as `npm start` has it, or alone. */
async function startMedia(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const isForked = process.send !== undefined;
  // Whoever started it watches it; alone, it is asked itself.
  const admin = isForked
    ? null
    : await startAdminServer(config.adminPort, { isReady: () => Promise.resolve(true) });
  const secrets = createSecretBox(config.secretKey ?? readOrMakeInstallationKey(config.dataDirectory));
  const media = await openMedia({ config, secrets, logger });
  process.send?.({ media: { port: media.port, rtmpPort: media.rtmpPort } });
  // Who started it is gone, however that was: the next one starts its own.
  process.once('disconnect', () => process.exit(0));
  stopOnSignals(logger, [
    { name: 'media', run: () => media.stop() },
    { name: 'admin', run: () => Promise.resolve(void admin?.server.close()) },
  ]);
}

endOnFailure(startMedia());
