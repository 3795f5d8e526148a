// Viewers: what a server pays for the bytes that a player asks for, and how many a core carries.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../support/figures.ts';
import { cpuOfTree } from '../support/process-cpu.ts';
import { makeTestFile } from './ingest.ts';
import type { Stage } from './stage.ts';

export interface ServingFigures {
  /** Bytes per CPU second by the product, over those by node:http; the median of the rounds. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly productMegabytesPerCpuSecond: number;
  readonly bareMegabytesPerCpuSecond: number;
  /** Of one core, for a thousand viewers with blocking reloads. */
  readonly coresPerThousand: number;
  /** Of all parts that were published meanwhile, those that every viewer got. */
  readonly keptUp: number;
}

interface Size {
  readonly requests: number;
  readonly rounds: number;
  readonly viewers: number;
  readonly seconds: number;
}

/** Few, so that a part is not gone before its turn is over, on a machine that has other work. */
const requestsPerTurn = 200;

interface Side {
  readonly pid: number;
  /** CPU ms that it takes in each ms without anybody watching. */
  readonly idle: number;
  bytes: number;
  /** ms */
  cpu: number;
}

export async function measureServing(stage: Stage, size: Size): Promise<ServingFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-serving-'));
  const file = makeTestFile(folder, 10);
  const encoder = spawn(
    'ffmpeg',
    ['-v', 'error', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy', '-f', 'flv', stage.publishTo],
    { stdio: 'ignore' },
  );
  const runId = await stage.run();
  // Each viewer has an address of their own, as in life: what one may ask for in a second is limited.
  const addresses = Array.from(
    { length: Math.max(size.viewers, 100) },
    (_, viewer) => `${stage.origin(runId, `bench-${viewer}`)}source/`,
  );
  const [live = ''] = addresses;
  await delay(5_000);
  const steady = await steadyCpu(stage.pid);

  const bare = fork(join(import.meta.dirname, 'bare-server.ts'));
  const [{ port }] = (await once(bare, 'message')) as [{ port: number }];
  const ratios: number[] = [];
  const product: number[] = [];
  const yardstick: number[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const turnOf = async (which: Side, bases: readonly string[], part: string) => {
    const before = cpuOfTree(which.pid);
    const from = performance.now();
    which.bytes += await readMany(
      bases.flatMap((base) => [`${base}live.m3u8`, base + part]),
      requestsPerTurn,
      agent,
    );
    which.cpu += cpuOfTree(which.pid) - before - which.idle * (performance.now() - from);
  };
  // The first round is for the compilers of both, and counts for nothing.
  for (let round = 0; round <= size.rounds; round += 1) {
    const ours: Side = { pid: stage.pid, idle: steady, bytes: 0, cpu: 0 };
    const theirs: Side = { pid: bare.pid ?? 0, idle: 0, bytes: 0, cpu: 0 };
    for (let turn = 0; turn * requestsPerTurn < size.requests; turn += 1) {
      // What is newest now: older parts leave the memory, and a part is asked for while it is new.
      const { text } = await read(`${live}live.m3u8`, agent);
      const part = [...text.matchAll(/#EXT-X-PART:.*URI="([^"]+)"/g)].at(-1)?.[1] ?? '';
      for (const path of ['live.m3u8', part]) {
        const { headers, bytes } = await read(live + path, agent);
        bare.send({ path: `/${path}`, headers, body: bytes.toString('base64') });
        await once(bare, 'message');
      }
      const turns = [
        () => turnOf(ours, addresses, part),
        () => turnOf(theirs, [`http://127.0.0.1:${port}/`], part),
      ];
      // One after the other, and the other way round in the next turn: what drifts hits both.
      for (const one of turn % 2 === 0 ? turns : turns.reverse()) await one();
    }
    if (round === 0) continue;
    const [own, other] = [ours, theirs].map(({ bytes, cpu }) => bytes / 1e3 / cpu) as [number, number];
    product.push(own);
    yardstick.push(other);
    ratios.push(own / other);
  }
  agent.destroy();
  bare.kill();

  const before = cpuOfTree(stage.pid);
  const from = performance.now();
  const crowd = await watch(addresses.slice(0, size.viewers), size.seconds);
  const cores = (cpuOfTree(stage.pid) - before) / (performance.now() - from) - steady;
  encoder.kill();
  await once(encoder, 'exit');
  await stage.finish();
  rmSync(folder, { recursive: true });
  return {
    ...{ ratio: median(ratios), ratios, keptUp: crowd },
    productMegabytesPerCpuSecond: median(product),
    bareMegabytesPerCpuSecond: median(yardstick),
    coresPerThousand: (cores / size.viewers) * 1_000,
  };
}

async function steadyCpu(pid: number): Promise<number> {
  const before = cpuOfTree(pid);
  const from = performance.now();
  await delay(3_000);
  return (cpuOfTree(pid) - before) / (performance.now() - from);
}

/** As many viewers as asked for, each a player without a decoder. Resolves to the share of parts that the last one got. */
async function watch(viewers: readonly string[], seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const until = performance.now() + seconds * 1_000;
  const seen = await Promise.all(
    viewers.map(async (live) => {
      let parts = 0;
      let { text } = await read(`${live}live.m3u8`, agent);
      while (performance.now() < until) {
        const hint = /PRELOAD-HINT:TYPE=PART,URI="(s(\d+)\.p(\d+)\.m4s)"/.exec(text);
        if (!hint) throw new Error('A live playlist hints at no part');
        const [, uri, msn, part] = hint;
        const [next] = await Promise.all([
          read(`${live}live.m3u8?_HLS_msn=${msn}&_HLS_part=${part}`, agent),
          read(live + uri, agent),
        ]);
        text = next.text;
        parts += 1;
      }
      return parts;
    }),
  );
  agent.destroy();
  return Math.min(...seen) / (seconds * 2);
}

async function readMany(urls: readonly string[], total: number, agent: Agent): Promise<number> {
  let sent = 0;
  let bytes = 0;
  const worker = async () => {
    while (sent < total) {
      const url = urls[sent % urls.length] ?? '';
      sent += 1;
      const answer = await read(url, agent);
      bytes += answer.bytes.length;
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return bytes;
}

interface Answer {
  readonly headers: Record<string, string>;
  readonly bytes: Buffer;
  readonly text: string;
}

function read(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`));
        const headers = Object.fromEntries(
          Object.entries(response.headers).flatMap(([name, value]) =>
            typeof value === 'string' && !/^(date|connection|keep-alive|transfer-encoding)$/.test(name)
              ? [[name, value] as const]
              : [],
          ),
        );
        resolve({
          headers,
          bytes,
          get text() {
            return bytes.toString();
          },
        });
      });
    }).on('error', reject);
  });
}
