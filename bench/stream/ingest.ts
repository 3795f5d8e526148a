// What taking one 720p30 stream in, packaging and recording it costs, beside `ffmpeg -c copy -f hls` with the same bytes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuMilliseconds, cpuOfTree } from '../support/process-cpu.ts';
import type { Stage } from './stage.ts';

export interface IngestFigures {
  /** Cores, of one. */
  readonly product: number;
  readonly ffmpeg: number;
}

/** Encoded once, so that what is measured encodes nothing. */
export function makeTestFile(folder: string, seconds: number): string {
  const file = join(folder, '720p30.flv');
  const made = spawnSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '60'],
    ...['-b:v', '2500k', '-minrate', '2500k', '-maxrate', '2500k', '-bufsize', '2500k', '-nal-hrd', 'cbr'],
    ...['-c:a', 'aac', '-b:a', '96k', '-y', file],
  ]);
  if (made.status !== 0) throw new Error(`ffmpeg made no test file: ${String(made.stderr)}`);
  return file;
}

export async function measureIngest(stage: Stage, seconds: number): Promise<IngestFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-ingest-'));
  const file = makeTestFile(folder, seconds + 8);
  // A process that has just started is still busy with itself.
  await delay(5_000);
  const idle = await cpuWhile(5, () => cpuOfTree(stage.pid));
  const push = (...out: string[]) =>
    spawn('ffmpeg', ['-v', 'error', '-re', '-i', file, '-c', 'copy', ...out], { stdio: 'ignore' });

  const encoder = push('-f', 'flv', stage.publishTo);
  await stage.run();
  await delay(2_000);
  const product = await cpuWhile(seconds, () => cpuOfTree(stage.pid));
  encoder.kill();
  await once(encoder, 'exit');
  await stage.finish();

  const yardstick = push(
    ...['-f', 'hls', '-hls_time', '2', '-hls_segment_type', 'fmp4', join(folder, 'out.m3u8')],
  );
  await delay(2_000);
  const ffmpeg = await cpuWhile(seconds, () => cpuMilliseconds(yardstick.pid ?? 0));
  yardstick.kill();
  await once(yardstick, 'exit');
  rmSync(folder, { recursive: true });
  return { product: product - idle, ffmpeg };
}

async function cpuWhile(seconds: number, cpu: () => number): Promise<number> {
  const before = cpu();
  const from = performance.now();
  await delay(seconds * 1_000);
  return (cpu() - before) / (performance.now() - from);
}
