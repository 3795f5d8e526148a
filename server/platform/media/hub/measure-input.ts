import type { InputHealth, StreamWarning } from '../../../contracts/stream-health.ts';
import {
  ticksPerSecond,
  type AccessUnit,
  type AudioTrack,
  type MediaTrack,
  type VideoTrack,
} from '../access-unit.ts';

/** Figures are of the last seconds, this many, each in a bucket of its own. */
const windowSeconds = 5;
/** How long a warning about something that happened once stays. */
const rememberMs = 30_000;

export type InputFigures = Pick<
  InputHealth,
  | 'bitsPerSecond'
  | 'framesPerSecond'
  | 'keyFrameEvery'
  | 'lastFrameAgo'
  | 'width'
  | 'height'
  | 'videoCodec'
  | 'audioCodec'
  | 'dropped'
>;

export interface InputMeasure {
  track(track: MediaTrack): void;
  unit(unit: AccessUnit, now: number): void;
  dropped(units: number): void;
  figures(now: number): InputFigures;
  warnings(now: number): StreamWarning[];
}

/** Counts what one input brings; `now` and `startedAt` are ms since 1970. */
export function measureInput(startedAt: number): InputMeasure {
  const tracks: { video: VideoTrack | null; audio: AudioTrack | null } = { video: null, audio: null };
  const seconds: { at: number; bytes: number; pictures: number }[] = [];
  const last: Record<MediaTrack['kind'], { dts: number; at: number } | null> = { video: null, audio: null };
  let firstUnitAt: number | null = null;
  let keyFrame: { dts: number; at: number } | null = null;
  let keyFrameEvery: number | null = null;
  let jumpedAt: number | null = null;
  let dropped = 0;
  /** How far arrivals lag behind the encoder's clock, against the best of the connection; ms. */
  let [leastLag, lag] = [Infinity, 0];

  const noteTimes = (unit: AccessUnit, now: number) => {
    const before = last[unit.kind];
    const step = before ? (unit.dts - before.dts) / ticksPerSecond : 0;
    if (step < 0 || step > 3) {
      jumpedAt = now;
      leastLag = Infinity;
    }
    last[unit.kind] = { dts: unit.dts, at: now };
    const behind = now - (unit.dts / ticksPerSecond) * 1_000;
    leastLag = Math.min(leastLag, behind);
    lag = behind - leastLag;
  };
  const recent = (now: number) => seconds.filter(({ at }) => at > now / 1_000 - windowSeconds - 1);
  const figures = (now: number): InputFigures => {
    const whole = recent(now).filter(({ at }) => at < Math.floor(now / 1_000));
    const span = Math.max(1, Math.min(windowSeconds, whole.length));
    const sum = (of: 'bytes' | 'pictures') => whole.reduce((total, second) => total + second[of], 0);
    const newest = (last.video ?? last.audio)?.at;
    return {
      bitsPerSecond: Math.round((sum('bytes') * 8) / span),
      framesPerSecond: Math.round((sum('pictures') / span) * 10) / 10,
      keyFrameEvery,
      lastFrameAgo: newest === undefined ? null : Math.max(0, Math.round(now - newest)),
      width: tracks.video?.width ?? null,
      height: tracks.video?.height ?? null,
      videoCodec: tracks.video?.codecString ?? null,
      audioCodec: tracks.audio?.codecString ?? null,
      dropped,
    };
  };

  return {
    track(track) {
      if (track.kind === 'video') tracks.video = track;
      else tracks.audio = track;
    },
    unit(unit, now) {
      firstUnitAt ??= now;
      const second = Math.floor(now / 1_000);
      if (seconds.at(-1)?.at !== second) seconds.push({ at: second, bytes: 0, pictures: 0 });
      if (seconds.length > windowSeconds + 2) seconds.shift();
      const bucket = seconds.at(-1);
      if (bucket) {
        bucket.bytes += unit.data.length;
        bucket.pictures += unit.kind === 'video' ? 1 : 0;
      }
      noteTimes(unit, now);
      if (unit.kind !== 'video' || !unit.isKey) return;
      if (keyFrame && unit.dts > keyFrame.dts)
        keyFrameEvery = Math.round(((unit.dts - keyFrame.dts) / ticksPerSecond) * 100) / 100;
      keyFrame = { dts: unit.dts, at: now };
    },
    dropped: (units) => void (dropped += units),
    figures,
    warnings(now) {
      // A connection that has just begun has shown nothing yet.
      if (firstUnitAt === null || now - firstUnitAt < 5_000) return [];
      const { bitsPerSecond, height } = figures(now);
      const isSilent = (kind: MediaTrack['kind']) => !last[kind] || now - last[kind].at > 5_000;
      const isFlowing = !isSilent('video') || !isSilent('audio');
      const apart = last.video && last.audio ? Math.abs(last.video.dts - last.audio.dts) / ticksPerSecond : 0;
      const found: [StreamWarning, boolean][] = [
        ['key-frames-rare', (keyFrameEvery ?? 0) > 4],
        ['no-key-frame', !isSilent('video') && now - (keyFrame?.at ?? startedAt) > 10_000],
        ['no-audio', isFlowing && isSilent('audio')],
        ['no-video', isFlowing && isSilent('video')],
        ['frames-late', isFlowing && lag > 1_500],
        ['timestamps-jump', jumpedAt !== null && now - jumpedAt < rememberMs],
        ['bitrate-high', bitsPerSecond > 8_000_000],
        ['bitrate-low', !isSilent('video') && (height ?? 0) >= 480 && bitsPerSecond < 300_000],
        ['audio-video-apart', isFlowing && !isSilent('audio') && !isSilent('video') && apart > 1],
      ];
      return found.filter(([, is]) => is).map(([warning]) => warning);
    },
  };
}
