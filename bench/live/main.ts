// The live room through the running product, against bare `ws` and Socket.IO as it comes, in the same run: the same
// viewers, the same bytes, CPU of whole process trees, and every number counted once and in order at its receiver.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { printFigure } from '../support/figures.ts';
import { measureAlone, measureFanOut, measureStorm } from './broadcasts.ts';
import { openPosters } from './posters.ts';
import { measureReturns } from './returns.ts';
import { measureRush } from './rush.ts';
import { storeDay } from './stored-day.ts';
import { startProduct, startYardstick, Viewers } from './subject.ts';

const isFull = process.argv.includes('--full');
const sizes = isFull ? [1_000, 5_000, 10_000] : [1_000];
const rounds = isFull ? 5 : 3;
const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-'));
const say = (figure: string, value: number, target: Parameters<typeof printFigure>[3]) =>
  lines.push(() => printFigure('live', figure, value, target));
const lines: (() => void)[] = [];

const day = await storeDay(folder, Math.max(...sizes) + 240);
const port = await freePort();
let server = await startProduct(folder, port);
const posters = await openPosters(port, day);
const stops: (() => Promise<void>)[] = [() => server.stop()];

try {
  for (const size of sizes) {
    const [ws, plain] = [await startYardstick('ws'), await startYardstick('socket.io')];
    const subjects = {
      product: await Viewers.of(server),
      ws: await Viewers.of(ws),
      plain: await Viewers.of(plain),
    };
    const close = async () => {
      await Promise.all(Object.values(subjects).map((viewers) => viewers.stop()));
      await Promise.all([ws.stop(), plain.stop()]);
    };
    stops.push(close);
    const alone = await measureAlone(subjects.product, posters);
    const run = { size, rounds, day, posters, subjects, yardsticks: { ws, plain }, alone, say };
    await measureRush(run);
    await measureFanOut(run);
    if (size === (isFull ? 5_000 : 1_000)) await measureStorm(run, isFull ? 10 : 5);
    await subjects.ws.leave();
    await subjects.plain.leave();
    await measureReturns(run, async () => {
      await server.stop();
      server = await startProduct(folder, port);
      await posters.connect();
    });
    await subjects.product.leave();
    await close();
    stops.pop();
    await delay(500);
  }
} finally {
  for (const stop of stops.reverse()) await stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${posters.says}; load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
for (const line of lines) line();
process.exit();

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}
