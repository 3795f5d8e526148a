import { spawn } from 'node:child_process';

/** Moving picture and a tone, `-t` seconds of each, as inputs 0 and 1. */
export const testPicture = (seconds: number, size = '320x180') => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=${seconds}`],
  ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=44100:duration=${seconds}`],
];

/** Runs ffmpeg and gives what it said with the code it ended with. `pieces`: what it wrote to its output. */
export function runFfmpeg(
  args: readonly string[],
  withinMs = 15_000,
): Promise<{ code: number | null; said: string; output: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
    });
    const output: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (piece: Buffer) => output.push(piece));
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said, output: Buffer.concat(output) }));
  });
}
