// An encoder whose pictures say when they were made: raw pictures into ffmpeg, and out by RTMP.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { paintClock } from './clock-picture.ts';

const framesPerSecond = 30;

/** Publishes 30 pictures a second, with sound, to `url` until it is stopped. Its encoder adds no delay beyond one picture. */
export function publishClock(
  url: string,
  { width, height }: { readonly width: number; readonly height: number } = { width: 1280, height: 720 },
): { readonly ffmpeg: ChildProcess; stop(): Promise<void> } {
  // One zero for both: ffmpeg counts each from when its input was opened, and holds the earlier back for the later.
  const since = `(RTCTIME-${Date.now() * 1_000})`;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error'],
      ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`],
      ...['-framerate', `${framesPerSecond}`, '-probesize', '32', '-analyzeduration', '0', '-i', 'pipe:0'],
      ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
      // By the clock, as cameras do: a busy machine paints fewer pictures, and counting them would put it behind the sound.
      ...['-vf', `settb=1/1000,setpts=${since}/1000`, '-enc_time_base', '1:1000', '-vsync', 'passthrough'],
      ...['-af', `asetpts='if(eq(N\\,0)\\,st(0\\,${since}/1000000/TB))*0+ld(0)+PTS-STARTPTS'`],
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
    frame.copyWithin(width * (height / 6), width * (height / 6 + 1 + (painted % 3)), width * (height - 20));
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
