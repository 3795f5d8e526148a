// The event page by the running product against a bare node:http server that sends the same bytes: CPU per request.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnProduct } from '../../test/support/spawned-product.ts';
import { median, printFigure } from '../support/figures.ts';
import { getMany } from '../support/http-load.ts';
import { cpuMilliseconds } from '../support/process-cpu.ts';

const isFull = process.argv.includes('--full');
const total = isFull ? 20_000 : 3_000;
const rounds = isFull ? 7 : 5;
const connections = 50;

const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-'));
const product = await spawnProduct({
  dataDirectory: join(folder, 'data'),
  environment: { SEED_DEMO: 'true', NODE_ENV: 'development' },
});
const home = await (await fetch(product.url)).text();
const path = /href="(\/events\/[a-z0-9-]+)"/.exec(home)?.[1];
if (!path) throw new Error('The home page links to no event');
const answer = await fetch(product.url + path, {
  headers: { accept: 'text/html', 'accept-encoding': 'identity' },
});
const page = Buffer.from(await answer.arrayBuffer());
writeFileSync(join(folder, 'page.html'), page);

const sameHeaders = Object.fromEntries(
  [...answer.headers].filter(
    ([name]) => !/^(connection|keep-alive|date|content-length|transfer-encoding)$/.test(name),
  ),
);
const bare = fork(join(import.meta.dirname, 'bare-server.ts'), [
  join(folder, 'page.html'),
  JSON.stringify(sameHeaders),
]);
const [port] = (await once(bare, 'message')) as [number];

const subjects = {
  product: { url: product.url + path, pid: product.process.pid ?? 0 },
  bare: { url: `http://127.0.0.1:${port}/`, pid: bare.pid ?? 0 },
};

async function measure(subject: keyof typeof subjects): Promise<number> {
  const { url, pid } = subjects[subject];
  const before = cpuMilliseconds(pid);
  await getMany(url, { total, connections, bytes: page.length });
  return ((cpuMilliseconds(pid) - before) / total) * 1000;
}

try {
  await measure('product');
  await measure('bare');
  const ratios: number[] = [];
  const figures = { product: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    // ABBA: whatever drifts during a round hits both alike.
    const order = round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const);
    const cost = { product: 0, bare: 0 };
    for (const subject of order) cost[subject] = await measure(subject);
    figures.product.push(cost.product);
    figures.bare.push(cost.bare);
    ratios.push(cost.product / cost.bare);
  }
  console.log(
    `event page ${path}: ${page.length} bytes, ${total} requests a round, ${rounds} rounds, ${connections} connections`,
  );
  console.log(
    `ratio min ${Math.min(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)}, max ${Math.max(...ratios).toFixed(2)}`,
  );
  printFigure('pages', 'product, CPU microseconds per request', median(figures.product), null);
  printFigure('pages', 'bare node:http, CPU microseconds per request', median(figures.bare), null);
  printFigure('pages', 'event page, CPU per request against bare node:http', median(ratios), { most: 1.2 });
} finally {
  bare.kill();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
}
