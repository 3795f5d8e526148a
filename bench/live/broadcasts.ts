// One message to everybody, and fifty a second.
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../support/figures.ts';
import { probePages } from './http-probe.ts';
import { percentile, type Run } from './run.ts';
import { seen } from './live-client.ts';
import type { Viewers } from './subject.ts';

const messages = 14;
const everyMs = 150;
type Name = 'product' | 'ws' | 'plain';

/** Before anybody has come: what a fact costs that nobody is told. */
export async function measureAlone(product: Viewers, posters: Run['posters']): Promise<number> {
  await posters.joinAnswer();
  const postAll = async (count: number, pace: number) => {
    const cpu = product.cpu();
    const posted: Promise<void>[] = [];
    for (let n = 0; n < count; n += 1) {
      posted.push(posters.post());
      await delay(pace);
    }
    await Promise.all(posted);
    return product.cpu() - cpu;
  };
  // Code that has run a few times only costs twice as much.
  await postAll(150, 20);
  return median([
    await postAll(messages, everyMs),
    await postAll(messages, everyMs),
    await postAll(messages, everyMs),
  ]);
}

export async function measureFanOut(run: Run): Promise<void> {
  const { size, rounds, subjects, say } = run;
  await post(run, 'product', 1);
  await subjects.product.report();
  const perDelivery: Record<Name, number[]> = { product: [], ws: [], plain: [] };
  const last: Record<Name, number[]> = { product: [], ws: [], plain: [] };
  const pages: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const order: Name[] = ['product', 'ws', 'plain'];
    for (const name of round % 2 === 0 ? order : order.reverse()) {
      const viewers = subjects[name];
      const cpu = viewers.cpu();
      const seq = await post(run, name, messages);
      await viewers.reach(seq);
      const spent = viewers.cpu() - cpu;
      const report = await viewers.report();
      complainAbout(name, report, messages * size);
      perDelivery[name].push((spent / report.deliveries) * 1000);
      last[name].push(percentile(report.latencies, 0.99));
    }
    const probe = probePages(`http://127.0.0.1:${subjects.product.server.port}/events/${run.day.slug}`);
    await subjects.product.reach(await post(run, 'product', messages));
    const { p99, failed } = await probe.stop();
    if (failed > 0) throw new Error(`${failed} pages failed`);
    pages.push(p99);
    await subjects.product.report();
  }
  const of = (name: Name) => median(perDelivery[name]);
  console.log(
    `${size} viewers: CPU µs per delivery: product ${of('product').toFixed(2)}, ws ${of('ws').toFixed(2)}, Socket.IO ${of('plain').toFixed(2)}; p99 ms: ${median(last.product)}, ${median(last.ws)}, ${median(last.plain)}`,
  );
  const ratio = (name: Name) =>
    median(perDelivery.product.map((value, n) => value / (perDelivery[name][n] ?? NaN)));
  const marginal = perDelivery.product.map((value) => value - (run.alone / messages / size) * 1000);
  console.log(
    `${size} viewers: of that ${(run.alone / messages).toFixed(1)} ms for each fact whether or not anybody hears it, and ${median(marginal).toFixed(2)} µs for each delivery`,
  );
  const further = median(marginal.map((value, n) => value / (perDelivery.ws[n] ?? NaN)));
  say(`${size} viewers: CPU per further delivery against ws`, further, { most: 1.1 });
  say(`${size} viewers: CPU per delivery against ws`, ratio('ws'), { most: size >= 10_000 ? 1.2 : 1.1 });
  say(`${size} viewers: CPU per delivery against Socket.IO`, ratio('plain'), { most: 0.75 });
  say(`${size} viewers: page p99 during broadcasts, ms`, median(pages), { most: 15 });
}

export async function measureStorm(run: Run, seconds: number): Promise<void> {
  const { size, subjects, say } = run;
  const total = 50 * seconds;
  const quiet = await quietLatency(run);
  const spent: Record<string, number> = {};
  let p99 = NaN;
  let frames = NaN;
  for (const name of ['product', 'ws'] as const) {
    const viewers = subjects[name];
    const cpu = viewers.cpu();
    const seq = await post(run, name, total, 20);
    await viewers.reach(seq);
    spent[name] = viewers.cpu() - cpu;
    const report = await viewers.report();
    complainAbout(name, report, total * size);
    if (name === 'ws') continue;
    p99 = percentile(report.latencies, 0.99);
    frames = report.frames / size / seconds;
  }
  console.log(
    `storm into ${size}: CPU µs per message and viewer: product ${(((spent.product ?? 0) / total / size) * 1000).toFixed(2)}, ws ${(((spent.ws ?? 0) / total / size) * 1000).toFixed(2)}; p99 ms: ${p99}, one message by ws ${quiet}; ${frames.toFixed(1)} frames a second`,
  );
  // The storing of a message is shared by its readers: the target is set for five thousand.
  const target = size >= 5_000 ? { most: 0.2 } : null;
  say(
    `storm into ${size}: CPU per message and viewer against ws`,
    (spent.product ?? NaN) / (spent.ws ?? NaN),
    target,
  );
  say(`storm into ${size}: added p99, ms`, p99 - quiet, { most: 150 });
  say(`storm into ${size}: frames a second`, frames, { most: 10 });
}

/** What one message takes that meets no other. */
async function quietLatency(run: Run): Promise<number> {
  await run.subjects.ws.reach(await post(run, 'ws', 5));
  return percentile((await run.subjects.ws.report()).latencies, 0.99);
}

/** Resolves to the number of the last. */
async function post(run: Run, name: Name, count: number, pace = everyMs): Promise<number> {
  const begin = performance.now();
  const posted: Promise<unknown>[] = [];
  let seq = 0;
  for (let n = 0; n < count; n += 1) {
    await delay(Math.max(0, begin + n * pace - performance.now()));
    if (name === 'product') posted.push(run.posters.post());
    else seq = (await run.yardsticks[name].ask({ do: 'post', facts: [seen.fact ?? {}] })).seq ?? 0;
  }
  await Promise.all(posted);
  if (name !== 'product') return seq;
  return Number((await run.posters.joinAnswer()).seq);
}

function complainAbout(
  name: string,
  { deliveries, faults }: { deliveries: number; faults: number },
  expected: number,
): void {
  if (faults > 0 || deliveries !== expected)
    throw new Error(`${name}: ${deliveries} of ${expected} came, ${faults} of them twice or out of order`);
}
