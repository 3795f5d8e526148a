import { spawn } from 'node:child_process';

const thumbnails = 5;
const patienceMs = 20_000;

/** True: the picture is there. */
function takeThumbnail(ffmpegPath: string, video: string, second: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['-v', 'error', '-y', '-ss', second.toFixed(3), '-i', video, '-frames:v', '1'];
    const child = spawn(ffmpegPath, [...args, '-vf', 'scale=640:-2', '-q:v', '4', path], {
      stdio: 'ignore',
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/** Five pictures 640 wide, spread over the video: `pathOf(1)` to `pathOf(5)`. Returns how many there are. */
export async function takeThumbnails(
  ffmpegPath: string,
  video: string,
  durationMs: number,
  pathOf: (n: number) => string,
): Promise<number> {
  let taken = 0;
  for (let n = 1; n <= thumbnails; n += 1) {
    const second = ((n - 0.5) * durationMs) / 1_000 / thumbnails;
    if (!(await takeThumbnail(ffmpegPath, video, second, pathOf(n)))) break;
    taken = n;
  }
  return taken;
}
