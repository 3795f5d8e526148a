import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTrack } from '../../server/platform/media/access-unit.ts';
import { readMediaTags } from '../../server/platform/media/flv/read-media-tags.ts';
import { splitFlv } from '../../server/platform/media/flv/split-flv.ts';
import { runFfmpeg } from '../platform/media/run-ffmpeg.ts';

/** What one encoder is going to send: every coded picture and every frame of sound, known by its hash. No two are the same. */
export interface KnownPictures {
  readonly path: string;
  readonly framesPerSecond: number;
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

export const hashOf = (data: Uint8Array): string => createHash('sha1').update(data).digest('base64url');

/** Encoded before it is sent, so that sending costs nothing; `seed` makes another picture and another noise of it. */
export async function makeKnownPictures(
  folder: string,
  seed: number,
  {
    size,
    framesPerSecond,
    seconds,
  }: { readonly size: string; readonly framesPerSecond: number; readonly seconds: number },
): Promise<KnownPictures> {
  const path = join(folder, `known-${seed}.flv`);
  const made = await runFfmpeg(
    [
      ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${framesPerSecond}:duration=${seconds}`],
      ...['-f', 'lavfi', '-i', `anoisesrc=sample_rate=48000:amplitude=0.1:seed=${seed}:duration=${seconds}`],
      ...['-vf', `hue=h=${seed * 50}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
      ...['-g', `${framesPerSecond}`, '-b:v', '800k', '-c:a', 'aac', '-b:a', '64k', path],
    ],
    60_000,
  );
  if (made.code !== 0) throw new Error(`No pictures were made: ${made.said}`);
  const found: Record<MediaTrack['kind'], string[]> = { video: [], audio: [] };
  const take = readMediaTags({
    track: () => undefined,
    unit: ({ kind, data }) => void found[kind].push(hashOf(data)),
    dropped: () => undefined,
  });
  splitFlv(take).push(await readFile(path));
  return { path, framesPerSecond, ...found };
}

export interface KnownEncoder {
  readonly pictures: KnownPictures;
  /** How many pictures it says that it has sent. */
  readonly sent: () => number;
  readonly process: ChildProcess;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Sends them in the time that they last, as an encoder would. */
export function publishKnown(url: string, pictures: KnownPictures): KnownEncoder {
  const child = spawn(
    process.env.FFMPEG_PATH ?? 'ffmpeg',
    [
      ...['-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.1', '-re', '-i', pictures.path],
      ...['-c', 'copy', '-f', 'flv', url],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  const ended = once(child, 'exit').then(() => void process.off('exit', killOnExit));
  let sent = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const [, frames] of String(chunk).matchAll(/^frame=\s*(\d+)/gm)) sent = Number(frames);
  });
  return {
    pictures,
    sent: () => sent,
    process: child,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
