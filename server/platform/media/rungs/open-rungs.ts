import type { Logger } from '../../logging/create-logger.ts';
import {
  ticksPerSecond,
  type AccessUnit,
  type AudioTrack,
  type MediaTrack,
  type UnitSink,
  type VideoTrack,
} from '../access-unit.ts';
import { planRungs, type RungName } from './plan-rungs.ts';
import { startEncoder, type Encoder } from './start-encoder.ts';

/** How long the other track is waited for. */
const otherTrackTicks = ticksPerSecond;
const maxFailures = 5;
const failureWindowMs = 120_000;
const slowWindowMs = 60_000;
/** Times within the window that ffmpeg fell behind, until the dearest rung is given up. */
const maxSlow = 3;
const warnedForMs = 30_000;

export interface RungsOptions {
  /** A file that `findFfmpeg` found. */
  readonly ffmpeg: string;
  /** Where the units of a rung go: with the times of those it was made of. Asked again after each start. */
  rung(name: RungName): UnitSink;
  /** It will not come any more. */
  dropRung(name: RungName): void;
  /** Of the run; whoever asks for `warning` is told as well. */
  onState?(state: RungsState): void;
  readonly logger: Logger;
  /** ms to wait after the nth failure in two minutes. */
  readonly restartAfterMs?: (failures: number) => number;
  /** ms without an answer of ffmpeg, until it is ended; 12,000 when nothing is said. */
  readonly silenceMs?: number;
}

/** `restarting`: ffmpeg died and is started again; `off`: it died too often, the source alone is left. */
export type RungsState = 'waiting' | 'running' | 'restarting' | 'off';

/** Reads units on the run's timeline and makes smaller rungs of them. */
export interface Rungs extends UnitSink {
  /** The next unit does not follow the last. */
  discontinuity(): void;
  /** null: all is well. */
  warning(): 'rungs-off' | 'rungs-dropped' | null;
  /** At once; no unit comes out afterwards. */
  stop(): void;
  /** Of ffmpeg, while it runs. */
  readonly pid: number | undefined;
}

/** One ffmpeg for one run, started again when it dies. Whatever happens to it, the source is not held up. */
export function openRungs(options: RungsOptions): Rungs {
  const { logger, restartAfterMs = (failures) => Math.min(30_000, 1_000 * 2 ** (failures - 1)) } = options;
  const given = new Set<RungName>();
  const givenUp = new Set<RungName>();
  let video: VideoTrack | null = null;
  let audio: AudioTrack | null = null;
  let encoder: Encoder | null = null;
  let state: RungsState = 'waiting';
  let firstTicks: number | null = null;
  let failures: number[] = [];
  let slow: number[] = [];
  let droppedAt = -Infinity;
  let again: NodeJS.Timeout | undefined;

  const become = (next: RungsState) => {
    if (state === next) return;
    state = next;
    options.onState?.(next);
  };
  const halt = () => {
    encoder?.stop();
    encoder = null;
    firstTicks = null;
    if (state === 'running') become('waiting');
  };
  /** For good: a rung that came back would write over what is recorded of it. */
  const giveUp = (name: RungName) => {
    givenUp.add(name);
    if (given.delete(name)) options.dropRung(name);
  };

  const fail = (why: string) => {
    encoder = null;
    const now = performance.now();
    failures = [...failures.filter((at) => now - at < failureWindowMs), now];
    if (failures.length >= maxFailures) {
      logger.error({ why }, 'ffmpeg ended too often; the source goes on without smaller rungs');
      for (const name of given) giveUp(name);
      return become('off');
    }
    logger.warn({ why, failures: failures.length }, 'ffmpeg ended and is started again');
    become('restarting');
    again = setTimeout(() => become('waiting'), restartAfterMs(failures.length));
    again.unref();
  };

  const fallBehind = () => {
    const now = performance.now();
    // One time that it fell behind is many units.
    if (now - droppedAt > 2_000) slow = [...slow.filter((at) => now - at < slowWindowMs), now];
    droppedAt = now;
    const dearest = planned().find(({ picture }) => picture !== null);
    if (slow.length < maxSlow || !dearest) return;
    logger.warn({ rung: dearest.name }, 'ffmpeg is too slow; one rung less');
    slow = [];
    giveUp(dearest.name);
    halt();
  };

  const planned = () => planRungs({ video, audio }, given).filter(({ name }) => !givenUp.has(name));

  const isReady = (unit: AccessUnit): boolean => {
    firstTicks ??= unit.dts;
    const hasWaited = unit.dts - firstTicks >= otherTrackTicks;
    if (video) return unit.kind === 'video' && unit.isKey && (audio !== null || hasWaited);
    return audio !== null && hasWaited;
  };

  const start = (unit: AccessUnit) => {
    const rungs = planned();
    if (rungs.length === 0) return;
    for (const name of given) if (!rungs.some((rung) => rung.name === name)) giveUp(name);
    for (const { name } of rungs) given.add(name);
    encoder = startEncoder({
      ffmpeg: options.ffmpeg,
      tracks: { video, audio },
      rungs,
      firstTicks: unit.dts,
      sink: (name) => options.rung(name),
      silenceMs: options.silenceMs,
      onEnd: fail,
      onDropped: fallBehind,
    });
    become('running');
  };

  return {
    get pid() {
      return encoder?.pid;
    },
    track(track: MediaTrack) {
      const known = track.kind === 'video' ? video : audio;
      if (known?.codec === track.codec && known.description.equals(track.description)) return;
      // ffmpeg could not change what it encodes to, so it begins anew at the next key frame.
      halt();
      if (track.kind === 'video') video = track;
      else audio = track;
    },
    unit(unit) {
      if (state === 'off' || state === 'restarting') return;
      if (!encoder && isReady(unit)) start(unit);
      encoder?.unit(unit);
    },
    discontinuity() {
      halt();
      video = audio = null;
    },
    warning() {
      if (state === 'off') return 'rungs-off';
      return performance.now() - droppedAt < warnedForMs || givenUp.size > 0 ? 'rungs-dropped' : null;
    },
    stop() {
      clearTimeout(again);
      halt();
      become('off');
    },
  };
}
