import type { Engine, EngineAsk, EngineHeard } from './engine.ts';

interface DatedVideo extends HTMLVideoElement {
  /** Safari's: the programme time of second 0. */
  getStartDate?(): Date;
}

/** How far behind the end of what can be reached a browser of its own begins, about. */
const nativeTargetSeconds = 6;

/** A file, or a live picture that the browser plays by itself, as iPhones do that have no media source. */
export function openNative(video: DatedVideo, ask: EngineAsk, heard: EngineHeard): Engine {
  let isClosed = false;
  const edge = () => (video.seekable.length > 0 ? video.seekable.end(video.seekable.length - 1) : null);
  const isLive = () => ask.isLive && !video.ended && !Number.isFinite(video.duration);
  // The browser does not say why: it may as well be a token that expired.
  const fail = () => {
    if (!isClosed && video.error) heard.trouble({ kind: 'refused', address: ask.rewrite(ask.address) });
  };
  video.addEventListener('error', fail);
  const load = (at: number | null) => {
    video.src = ask.rewrite(ask.address);
    if (at !== null) video.currentTime = at;
  };
  heard.qualities([]);
  load(ask.startAt);
  return {
    latency() {
      const end = edge();
      return isLive() && end !== null ? Math.max(0, end - video.currentTime) : null;
    },
    target: () => (isLive() ? nativeTargetSeconds : null),
    livePosition() {
      const end = edge();
      return isLive() && end !== null ? end - nativeTargetSeconds / 2 : null;
    },
    first: () => (video.seekable.length > 0 ? video.seekable.start(0) : 0),
    offset: () => 0,
    programmeAt() {
      const start = video.getStartDate?.().getTime();
      return start !== undefined && Number.isFinite(start) ? start + video.currentTime * 1_000 : null;
    },
    setQuality: () => undefined,
    resume: () => isClosed || load(ask.isLive ? null : video.currentTime),
    recover: () => isClosed || load(ask.isLive ? null : video.currentTime),
    close() {
      isClosed = true;
      video.removeEventListener('error', fail);
      video.removeAttribute('src');
      video.load();
    },
  };
}
