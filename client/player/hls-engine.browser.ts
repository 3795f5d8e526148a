import type Hls from 'hls.js';
import type { ErrorData, HlsConfig, Level } from 'hls.js';
import type { Engine, EngineAsk, EngineHeard } from './engine.ts';
import { createStallMemory } from './stall-memory.ts';

const retries = {
  maxNumRetry: 6,
  retryDelayMs: 500,
  maxRetryDelayMs: 4_000,
  backoff: 'exponential',
} as const;
const policy = (maxLoadTimeMs: number) => ({
  default: { maxTimeToFirstByteMs: 12_000, maxLoadTimeMs, timeoutRetry: retries, errorRetry: retries },
});

/**
 * Plays through hls.js, which is fetched only now. null: this browser has no media source. Never
 * `liveSyncDurationCount` (https://github.com/video-dev/hls.js/issues/4212): the playlist says how far behind is right.
 */
export async function openHls(
  video: HTMLVideoElement,
  ask: EngineAsk,
  heard: EngineHeard,
): Promise<Engine | null> {
  const { default: Library } = await import('hls.js');
  if (!Library.isSupported()) return null;
  const config = {
    // Its worker comes from a blob address, which the content security policy does not know.
    enableWorker: false,
    lowLatencyMode: true,
    maxLiveSyncPlaybackRate: 1.1,
    // The library's second is much where all of it is two, and it never takes it back: see `forgetStalls`.
    liveSyncOnStallIncrease: 0.5,
    backBufferLength: 60,
    startPosition: ask.startAt ?? -1,
    manifestLoadPolicy: policy(20_000),
    playlistLoadPolicy: policy(20_000),
    fragLoadPolicy: policy(60_000),
    // Captions are ours: these would empty every text track of the video when a picture is opened.
    timelineController: undefined,
    subtitleStreamController: undefined,
    subtitleTrackController: undefined,
    xhrSetup(xhr: XMLHttpRequest, url: string) {
      const address = ask.rewrite(ask.wantsWindow ? withWindow(url) : url);
      if (address !== url) xhr.open('GET', address, true);
    },
  };
  const hls: Hls = new Library(config as unknown as Partial<HlsConfig>);
  let isClosed = false;
  const { Events, ErrorTypes, ErrorDetails } = Library;
  const memory = createStallMemory();
  const forgetStalls = () => {
    const { partHoldBack = 0, holdBack = 0 } = hls.latestLevelDetails ?? {};
    const target = partHoldBack || holdBack;
    if (target > 0 && memory.mayForget(performance.now())) hls.targetLatency = target;
  };

  hls.on(Events.LEVEL_UPDATED, forgetStalls);
  hls.on(Events.MANIFEST_PARSED, (_, { levels }) => heard.qualities(namedLevels(levels)));
  hls.on(Events.LEVEL_SWITCHED, (_, { level }) => heard.shown(level));
  let hadPicture: boolean | null = null;
  hls.on(Events.BUFFER_CODECS, (_, tracks) => {
    const hasPicture = 'video' in tracks || 'audiovideo' in tracks;
    const isOther = hadPicture !== null && hadPicture !== hasPicture;
    hadPicture = hasPicture;
    if (isOther && !isClosed) heard.trouble({ kind: 'changed' });
  });
  hls.on(Events.ERROR, (_, data) => {
    if (isClosed) return;
    if (data.details === ErrorDetails.BUFFER_STALLED_ERROR) memory.stalled(performance.now());
    const code = data.response?.code;
    if (code === 401 || code === 403) {
      // Not only a fatal one: with several rungs it would try each of them in vain.
      hls.stopLoad();
      heard.trouble({ kind: 'refused', address: askedAddress(data) });
    } else if (data.fatal)
      heard.trouble({ kind: data.type === ErrorTypes.MEDIA_ERROR ? 'media' : 'network' });
  });
  hls.attachMedia(video);
  hls.loadSource(ask.address);

  const isLive = () => hls.latestLevelDetails?.live ?? false;
  return {
    // The library's own is as old as the last move of the picture: wrong for a while after a jump.
    latency() {
      const details = hls.latestLevelDetails;
      if (!details?.live || hls.latency <= 0) return null;
      return Math.max(0, details.edge + details.age - video.currentTime);
    },
    target: () => (isLive() ? hls.targetLatency : null),
    livePosition: () => (isLive() ? hls.liveSyncPosition : null),
    // Of the list, not of the video, which also counts what it still holds from before.
    first: () => hls.latestLevelDetails?.fragmentStart ?? 0,
    offset() {
      const details = hls.latestLevelDetails;
      return details ? (details.live ? 0 : Math.max(0, details.startTimeOffset ?? 0)) : null;
    },
    programmeAt: () => hls.playingDate?.getTime() ?? null,
    setQuality: (id) => void (hls.nextLevel = id ?? -1),
    resume() {
      if (isClosed) return;
      if (hls.levels.length === 0) hls.loadSource(ask.rewrite(ask.address));
      else hls.startLoad();
    },
    recover: () => isClosed || hls.recoverMediaError(),
    close() {
      isClosed = true;
      hls.destroy();
    },
  };
}

/** The list of a rung, asked for with everything that is kept. */
const withWindow = (url: string): string =>
  url.replace(/\/live\.m3u8(\?|$)/, (_, end: string) => `/live.m3u8?dvr=1${end === '?' ? '&' : ''}`);

const askedAddress = ({ networkDetails, response }: ErrorData): string =>
  networkDetails instanceof XMLHttpRequest && networkDetails.responseURL !== ''
    ? networkDetails.responseURL
    : (response?.url ?? '');

const namedLevels = (levels: readonly Level[]) =>
  levels
    .map((level, id) => ({
      id,
      height: level.height,
      label: level.height ? `${level.height}p` : 'Sound only',
    }))
    .sort((one, other) => other.height - one.height)
    .map(({ id, label }) => ({ id, label }));
