import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { ticksPerSecond, type AccessUnit, type UnitSink } from '../access-unit.ts';
import { flvHeader } from '../flv/flv-tag.ts';
import { readMediaTags } from '../flv/read-media-tags.ts';
import { splitFlv } from '../flv/split-flv.ts';
import { toMs, writeTrackTag, writeUnitTag } from '../flv/write-flv.ts';
import { containerFor, ffmpegArguments, firstOutput } from './ffmpeg-arguments.ts';
import type { PlannedRung, RungName, SourceTracks } from './plan-rungs.ts';
import { matroskaHeader, matroskaUnit } from './write-matroska.ts';

/** Bytes that wait for ffmpeg: about ten seconds of an ordinary picture. */
const maxBacklog = 3 * 1024 * 1024;
/** Below this it has caught up. */
const fairBacklog = maxBacklog / 4;
/** Without any answer though units come, and it is taken for dead. */
const usualSilence = 12_000;
const lowPriority = 10;

export interface EncoderOptions {
  readonly ffmpeg: string;
  readonly tracks: SourceTracks;
  readonly rungs: readonly PlannedRung[];
  /** Of the first unit. */
  readonly firstTicks: number;
  /** Where what was encoded goes, with the times of the source. */
  sink(rung: RungName): UnitSink;
  /** Once, when the process is gone or had to be ended; not after `stop`. */
  onEnd(why: string): void;
  /** ms without an answer, in the units' time and on the wall; then it is ended. */
  readonly silenceMs?: number | undefined;
  /** Units that did not go to ffmpeg because it is slow. */
  onDropped(units: number): void;
}

export interface Encoder {
  readonly pid: number | undefined;
  unit(unit: AccessUnit): void;
  /** At once, and nothing comes out afterwards. */
  stop(): void;
}

/** One ffmpeg process. It is never waited for: what it cannot take is left out, by whole groups of pictures. */
export function startEncoder(options: EncoderOptions): Encoder {
  const { tracks, rungs, silenceMs = usualSilence } = options;
  const baseTicks = options.firstTicks - ticksPerSecond;
  const child = spawn(options.ffmpeg, ffmpegArguments(tracks, rungs), {
    stdio: ['pipe', 'ignore', 'pipe', ...rungs.map(() => 'pipe' as const)],
    windowsHide: true,
  });
  const isMatroska = containerFor(tracks) === 'matroska';
  const shownAt = rememberTimes(baseTicks);
  let isOver = false;
  let isLeavingOut = false;
  let latest = options.firstTicks;
  let heardAt = { ticks: latest, ms: performance.now() };
  let complaint = '';

  const end = (why: string) => {
    if (isOver) return;
    isOver = true;
    child.kill('SIGKILL');
    options.onEnd(complaint ? `${why}: ${complaint}` : why);
  };
  const write = (bytes: Buffer) => child.stdin?.write(bytes);

  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(`ffmpeg ended with ${signal ?? code}`));
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  child.stderr?.on('data', (piece: Buffer) => {
    complaint = (complaint + piece.toString()).slice(-500);
  });
  rungs.forEach(({ name, picture }, index) => {
    let hasBegun = picture === null;
    const output = child.stdio[firstOutput + index] as Readable;
    const sink = options.sink(name);
    const reader = splitFlv(
      readMediaTags({
        track: (track) => sink.track(track),
        unit(unit) {
          // Sound before the first picture would belong to a segment that other rungs have finished.
          hasBegun ||= unit.kind === 'video';
          if (!hasBegun) return;
          heardAt = { ticks: latest, ms: performance.now() };
          // The encoders make no B-frames: a picture is decoded when it is shown.
          const pts = unit.kind === 'video' ? shownAt.find(unit.pts) : unit.pts + baseTicks;
          sink.unit({ ...unit, pts, dts: pts });
        },
        dropped: () => undefined,
      }),
    );
    output.on('data', (piece: Buffer) => {
      if (isOver) return;
      try {
        reader.push(piece);
      } catch (error) {
        end(error instanceof Error ? error.message : 'What ffmpeg wrote cannot be read');
      }
    });
  });
  if (child.pid !== undefined) beLessUrgent(child.pid);
  write(isMatroska ? matroskaHeader(tracks) : flvStart(tracks));

  return {
    pid: child.pid,
    unit(unit) {
      if (isOver || unit.dts < baseTicks) return;
      latest = Math.max(latest, unit.dts);
      // The units' time alone would not do: an encoder that was held up sends many seconds at once.
      const isSilent = (latest - heardAt.ticks) / (ticksPerSecond / 1_000) > silenceMs;
      if (isSilent && performance.now() - heardAt.ms > silenceMs) return end('ffmpeg answers nothing');
      const backlog = child.stdin?.writableLength ?? 0;
      const isBoundary = tracks.video === null || (unit.kind === 'video' && unit.isKey);
      if (isLeavingOut && isBoundary && backlog < fairBacklog) isLeavingOut = false;
      if (backlog > maxBacklog) isLeavingOut = true;
      if (isLeavingOut) return options.onDropped(1);
      if (unit.kind === 'video') shownAt.add(unit.pts);
      write(isMatroska ? matroskaUnit(unit, baseTicks) : writeUnitTag(unit, baseTicks));
    },
    stop() {
      isOver = true;
      child.kill('SIGKILL');
    },
  };
}

const flvStart = (tracks: SourceTracks): Buffer =>
  Buffer.concat([
    flvHeader({ hasAudio: tracks.audio !== null, hasVideo: tracks.video !== null }),
    ...[tracks.video, tracks.audio].flatMap((track) => (track ? [writeTrackTag(track, 1_000)] : [])),
  ]);

/** ffmpeg gives times back in whole ms; viewers change rungs without a jump when they are exactly the source's. */
function rememberTimes(baseTicks: number) {
  const ticksByMs = new Map<number, number>();
  return {
    add(pts: number) {
      ticksByMs.set(toMs(pts - baseTicks), pts);
      const [oldest] = ticksByMs.keys();
      if (ticksByMs.size > 2_000 && oldest !== undefined) ticksByMs.delete(oldest);
    },
    find: (ticks: number) => ticksByMs.get(toMs(ticks)) ?? ticks + baseTicks,
  };
}

function beLessUrgent(pid: number): void {
  try {
    setPriority(pid, lowPriority);
  } catch {
    // It has ended already, or the system knows no priorities.
  }
}
