// An encoder whose pictures say when they were made: raw pictures into ffmpeg, and out by RTMP.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { paintClock } from './clock-picture.ts';

const width = 1280;
const height = 720;
const framesPerSecond = 30;

/** Publishes 720p30 with sound to `url` until it is stopped. Its encoder adds no delay of its own beyond one picture. */
export function publishClock(url: string): { readonly ffmpeg: ChildProcess; stop(): Promise<void> } {
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error'],
      ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', `${framesPerSecond}`],
      ...['-use_wallclock_as_timestamps', '1', '-i', 'pipe:0'],
      ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '60', '-b:v', '2500k'],
      ...['-c:a', 'aac', '-b:a', '96k', '-f', 'flv', url],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const stdin = ffmpeg.stdin;
  stdin.on('error', () => {});
  const frame = Buffer.alloc((width * height * 3) / 2, 128);
  // Something to encode besides the clock: 2.5 Mb/s of a still picture would be none.
  for (let at = 0; at < width * height; at += 1) frame[at] = ((at % width) + at / width) & 0xff;
  let isFull = false;
  let painted = 0;
  stdin.on('drain', () => (isFull = false));
  const timer = setInterval(() => {
    if (isFull) return;
    painted += 1;
    frame.copyWithin(width * 120, width * (121 + (painted % 3)), width * 700);
    paintClock(frame, width, height, Date.now());
    isFull = !stdin.write(Buffer.from(frame));
  }, 1000 / framesPerSecond);
  return {
    ffmpeg,
    async stop() {
      clearInterval(timer);
      if (ffmpeg.exitCode !== null || ffmpeg.signalCode !== null) return;
      // It waits for its next picture, and hears no gentler word.
      const gone = once(ffmpeg, 'exit');
      ffmpeg.kill('SIGKILL');
      await gone;
    },
  };
}
