// Confirmations from stored registration by the product's own delivery, against pooled Nodemailer sending ready-made
// messages of the same content, signed with the same key: to one mail server, in turn, in the same run.
import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printFigure } from '../support/figures.ts';
import { cpuMilliseconds } from '../support/process-cpu.ts';
import type { ProductOrder } from './product.ts';
import type { SinkOrder } from './sink.ts';
import type { ReadyMade, YardstickOrder } from './yardstick.ts';

const isFull = process.argv.includes('--full');
const profiles = process.argv.includes('--profile');
const mails = 2_000;
const rounds = profiles ? 1 : isFull ? 5 : 3;
const queued = profiles ? 500 : isFull ? 50_000 : 5_000;
const connections = 5;
const megabyte = 1024 * 1024;
const signedHeaders =
  'from:to:subject:date:message-id:reply-to:in-reply-to:references:mime-version:content-type:auto-submitted:list-unsubscribe:list-unsubscribe-post';

const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-'));
const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
writeFileSync(join(folder, 'dkim.pem'), key);

const children: ChildProcess[] = [];
const start = async (file: string, args: string[]) => {
  const execArgv = [
    ...process.execArgv,
    ...(profiles ? ['--cpu-prof', '--cpu-prof-dir=/tmp/bench-mail-profiles'] : []),
    '--expose-gc',
  ];
  const child = fork(join(import.meta.dirname, file), args, { execArgv });
  children.push(child);
  const [first] = (await once(child, 'message')) as [{ port: number }];
  return { child, first };
};
const ask = async <Answer>(child: ChildProcess, order: ProductOrder | SinkOrder | YardstickOrder) => {
  child.send(order);
  return (await once(child, 'message'))[0] as Answer;
};

const { child: sink, first } = await start('sink.ts', []);
const smtpUrl = `smtp://127.0.0.1:${first.port}`;
const { child: product } = await start('product.ts', [
  join(folder, 'data'),
  smtpUrl,
  join(folder, 'dkim.pem'),
]);
const { child: yardstick } = await start('yardstick.ts', [
  String(first.port),
  String(connections),
  key,
  signedHeaders,
]);

try {
  await sendByProduct(true);
  const { kept } = await ask<{ kept: ReadyMade[] }>(sink, { do: 'kept' });
  const readyMade = kept.map(({ to, raw }) => ({ to, raw: withoutSignature(raw) }));
  await ask(yardstick, { do: 'take', mails: readyMade });
  await sendByYardstick();
  const before = await memory();
  const runs: { product: number; yardstick: number }[] = [];
  const cpu = { product: 0, yardstick: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const run = { product: 0, yardstick: 0 };
    const order = round % 2 === 0 ? (['product', 'yardstick'] as const) : (['yardstick', 'product'] as const);
    for (const subject of order) {
      const child = subject === 'product' ? product : yardstick;
      const from = cpuMilliseconds(child.pid ?? 0);
      run[subject] = await (subject === 'product' ? sendByProduct(false) : sendByYardstick());
      cpu[subject] += (cpuMilliseconds(child.pid ?? 0) - from) / rounds / mails;
    }
    runs.push(run);
    console.log(
      `round ${round + 1}: product ${run.product.toFixed(0)}/s, ready-made ${run.yardstick.toFixed(0)}/s`,
    );
  }
  const growth = (await memory()) - before;
  const seconds = await signInBehindBulk();
  const ratios = runs.map((run) => run.product / run.yardstick);
  console.log(
    `${mails} mails a round of ${readyMade[0]?.raw.length ?? 0} bytes, ${rounds} rounds, ${connections} connections, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  console.log(
    'memory: anonymous memory of the product’s process with its store, after the first and the last round',
  );
  printFigure('mail', 'confirmations, per second', median(runs.map((run) => run.product)), null);
  printFigure(
    'mail',
    'ready-made messages by Nodemailer, per second',
    median(runs.map((run) => run.yardstick)),
    null,
  );
  printFigure('mail', 'confirmation, CPU milliseconds with its storing', cpu.product, null);
  printFigure('mail', 'ready-made message, CPU milliseconds', cpu.yardstick, null);
  printFigure('mail', 'confirmations against ready-made messages', median(ratios), { least: 0.8 });
  printFigure('mail', `sign-in behind ${queued} bulk mails, seconds`, seconds, { most: 5 });
  printFigure('mail', `memory growth over ${rounds * mails} mails, MB`, growth, { most: 50 });
} finally {
  for (const child of children) {
    child.disconnect();
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

async function sendByProduct(keep: boolean): Promise<number> {
  await ask(product, { do: 'store-registrations', count: mails });
  await ask(sink, { do: 'count', until: mails, keep });
  const all = once(sink, 'message');
  const from = performance.now();
  await ask(product, { do: 'start' });
  await all;
  const perSecond = mails / ((performance.now() - from) / 1_000);
  await ask(product, { do: 'finish' });
  const { failed } = await ask<{ failed: number }>(product, { do: 'stop' });
  if (failed > 0) throw new Error(`${failed} messages were given up`);
  return perSecond;
}

async function sendByYardstick(): Promise<number> {
  await ask(sink, { do: 'count', until: mails, keep: false });
  const all = once(sink, 'message');
  const from = performance.now();
  await ask(yardstick, { do: 'send' });
  await all;
  return mails / ((performance.now() - from) / 1_000);
}

/** The longest of three, each asked for in the middle of the bulk. */
async function signInBehindBulk(): Promise<number> {
  await ask(product, { do: 'store-bulk', count: queued });
  await ask(sink, { do: 'count', until: 300, keep: false });
  const underWay = once(sink, 'message');
  await ask(product, { do: 'start' });
  await underWay;
  const waits: number[] = [];
  for (const name of ['ada', 'grace', 'mary']) {
    const email = `${name}@example.org`;
    await ask(sink, { do: 'watch', address: email });
    const arrival = once(sink, 'message');
    const from = performance.now();
    await ask(product, { do: 'sign-in', email });
    await arrival;
    waits.push((performance.now() - from) / 1_000);
  }
  await ask(product, { do: 'stop' });
  return Math.max(...waits);
}

async function memory(): Promise<number> {
  return (await ask<{ anonymousBytes: number }>(product, { do: 'memory' })).anonymousBytes / megabyte;
}

/** The header that the product added last, so that the yardstick signs the rest anew. */
function withoutSignature(raw: string): string {
  return raw.replace(/^DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*/m, '');
}
