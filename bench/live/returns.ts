// Everybody is dropped and comes back, once by the network and once because the server is restarted.
import { probePages } from './http-probe.ts';
import type { Run } from './run.ts';

/** As the browsers' first attempt is spread. */
const withinMs = 2_000;
const meanwhile = 5;

export async function measureReturns(run: Run, restart: () => Promise<void>): Promise<void> {
  const { size, subjects, posters, day, say } = run;
  const viewers = subjects.product;
  const page = `http://127.0.0.1:${viewers.server.port}/events/${day.slug}`;
  await viewers.report();

  const probe = probePages(page);
  const back = viewers.dropAll(Math.max(withinMs, (size / 1_500) * 1_000));
  for (let n = 0; n < meanwhile; n += 1) await posters.post();
  await back;
  const { p99, failed } = await probe.stop();
  await viewers.reach(Number((await posters.joinAnswer()).seq));
  const dropped = await viewers.report();
  const lost = size * meanwhile - dropped.deliveries;

  await viewers.comeBack(withinMs);
  for (let n = 0; n < 2; n += 1) await posters.post();
  await restart();
  const restarted = probePages(page);
  for (let n = 0; n < 3; n += 1) await posters.post();
  await viewers.reach(Number((await posters.joinAnswer()).seq));
  const after = await restarted.stop();
  const returned = await viewers.report();
  const lostByRestart = size * meanwhile - returned.deliveries;
  console.log(
    `${size} dropped and back: page p99 ${p99} ms, ${failed} failed; through a restart ${after.p99} ms, ${after.failed} failed`,
  );
  say(`${size} dropped and back: messages lost or doubled`, Math.abs(lost) + dropped.faults, { most: 0 });
  say(`${size} dropped and back: page p99, ms`, p99, { most: 50 });
  say(`${size} through a restart: messages lost or doubled`, Math.abs(lostByRestart) + returned.faults, {
    most: 0,
  });
  say(`${size} through a restart: page p99, ms`, after.p99, { most: 50 });
}
