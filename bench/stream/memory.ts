// Memory of the media process while one 720p30 stream goes on, every 10 seconds; after it, how much the later half grew.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../support/figures.ts';
import { makeTestFile } from './ingest.ts';
import type { Stage } from './stage.ts';

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** MB of the second quarter and of the last; the first is what a process takes while it warms up. */
export async function measureMemory(
  stage: Stage,
  minutes: number,
): Promise<{ readonly early: number; readonly late: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-memory-'));
  const file = makeTestFile(folder, 60);
  const encoder = spawn(
    'ffmpeg',
    ['-v', 'error', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy', '-f', 'flv', stage.publishTo],
    { stdio: 'ignore' },
  );
  await stage.run();
  const found: number[] = [];
  while (found.length < minutes * 6) {
    await delay(10_000);
    found.push(residentMegabytes(stage.pid));
  }
  encoder.kill();
  await once(encoder, 'exit');
  await stage.finish();
  rmSync(folder, { recursive: true });
  const quarter = Math.floor(found.length / 4);
  return { early: median(found.slice(quarter, quarter * 2)), late: median(found.slice(quarter * 3)) };
}
