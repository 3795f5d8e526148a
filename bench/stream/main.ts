// Streaming: what a stream and its viewers cost, and how late its pictures are. By itself it does the quick parts; a name
// (`ingest`, `serving`, `rtmp`, `whip`, `recorder`, `memory`) does that part; `--full` all, and an hour of memory.
import { printFigure } from '../support/figures.ts';
import { measureIngest } from './ingest.ts';
import { measureLatency, type Way } from './latency.ts';
import { measureMemory } from './memory.ts';
import { measureServing } from './serving.ts';
import { openStage } from './stage.ts';

const isFull = process.argv.includes('--full');
const only = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const does = (part: string) => only === undefined || only === part;
const figure = printFigure.bind(null, 'stream');
const lateness: Record<Way, number> = { rtmp: 2, whip: 1.7, recorder: 3 };

// Smaller pictures are ffmpeg's work: what is measured here is ours.
const stage = await openStage({ FFMPEG_PATH: '/nowhere' });
try {
  if (does('ingest')) {
    const { product, ffmpeg } = await measureIngest(stage, isFull ? 60 : 6);
    figure('cores, one 720p30 in, packaged and recorded', product, null);
    figure('cores, ffmpeg -c copy -f hls', ffmpeg, null);
  }
  if (does('serving')) {
    const size = isFull
      ? { requests: 20_000, rounds: 7, viewers: 1_000, seconds: 30 }
      : { requests: 3_000, rounds: 3, viewers: 200, seconds: 4 };
    const served = await measureServing(stage, size);
    console.log(`  ratios of the rounds: ${served.ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`);
    figure('bytes per CPU second, of node:http', served.ratio, { least: 0.8 });
    figure('MB per CPU second', served.productMegabytesPerCpuSecond, null);
    figure('MB per CPU second, node:http', served.bareMegabytesPerCpuSecond, null);
    figure('cores for 1,000 viewers with blocking reloads', served.coresPerThousand, null);
    figure('share of parts that the slowest viewer got', served.keptUp, { least: 0.9 });
  }
  for (const way of ['rtmp', 'whip', 'recorder'] as const) {
    if (only === undefined ? !isFull && way !== 'rtmp' : only !== way) continue;
    const late = await measureLatency(stage, way, isFull ? 80 : 20);
    console.log(`  ${way}: ${late.samples} pictures read, p95 ${late.p95.toFixed(2)} s`);
    figure(`glass to glass by ${way}, p50 s`, late.p50, { most: lateness[way] });
    figure(`${way}: ms to the first picture`, late.firstFrame, { most: 1_000 });
  }
  if (only === 'memory' || isFull) {
    const { early, late } = await measureMemory(stage, isFull ? 60 : 2);
    figure('MB in the second quarter of the stream', early, null);
    figure('MB in the last quarter, of the second', late / early, { most: 1.1 });
  }
} finally {
  await stage.close();
}
