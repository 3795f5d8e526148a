// The embedded store against two yardsticks: the same wire server answering at once, and lmdb used directly.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectId } from 'bson';
import { median, printFigure } from '../support/figures.ts';
import { lmdbPutsPerSecond } from './plain-lmdb.ts';
import { measure, Subject } from './subject.ts';

const isFull = process.argv.includes('--full');
const rounds = isFull ? 7 : 5;
const milliseconds = isFull ? 2_000 : 700;
const registrations = 100_000;
const megabyte = 1024 * 1024;

type Steps = Parameters<typeof measure>[0];
interface Figure {
  name: string;
  step: (subject: Subject) => Steps;
  writers: number;
  target: { least: number } | null;
}

const folder = mkdtempSync(join(tmpdir(), 'plenary-bench-'));
const store = await Subject.start('store', folder);
const instant = await Subject.start('instant', folder);

try {
  const before = (await store.state()).rssBytes;
  await store.prepare(registrations);
  const growth = ((await store.state()).rssBytes - before) / megabyte;

  const ids = { store: await store.someIds(), instant: [new ObjectId()] };
  const figures: Figure[] = [
    { name: 'inserts, 1 writer', step: ({ insert }) => insert, writers: 1, target: null },
    { name: 'inserts, 50 writers', step: ({ insert }) => insert, writers: 50, target: { least: 0.5 } },
    {
      name: 'point reads, 50 readers',
      step: (subject) => subject.pointReads(subject === store ? ids.store : ids.instant),
      writers: 50,
      target: { least: 0.7 },
    },
    { name: 'indexed page of 50', step: ({ indexedPage }) => indexedPage, writers: 10, target: null },
    {
      name: 'conditional $inc on one document, 50 writers',
      step: ({ takeSeat }) => takeSeat,
      writers: 50,
      target: { least: 0.5 },
    },
    {
      name: 'three-write transactions, 10 writers',
      step: ({ transaction }) => transaction,
      writers: 10,
      target: null,
    },
  ];
  const results = [];
  for (const figure of figures) results.push({ ...figure, ...(await compare(figure)) });

  const commits = (await store.state()).flushes;
  const inserted = (await measure(store.insert, 50, milliseconds * 2)) * ((milliseconds * 2) / 1_000);
  const writesPerFlush = inserted / ((await store.state()).flushes - commits);
  const lmdbAlone = lmdbPutsPerSecond(folder, 1, milliseconds);
  const lmdbGrouped = lmdbPutsPerSecond(folder, 50, milliseconds);

  for (const { name, perSecond, yardstick } of results) {
    console.log(`${name}: store ${perSecond.toFixed(0)}/s, answering at once ${yardstick.toFixed(0)}/s`);
  }
  console.log(
    `lmdb alone: ${lmdbAlone.toFixed(0)} puts/s one by one, ${lmdbGrouped.toFixed(0)} puts/s in groups of 50`,
  );
  for (const { name, ratio, perSecond, target } of results) {
    printFigure('store', `${name}, per second`, perSecond, null);
    printFigure('store', `${name}, against answering at once`, ratio, target);
  }
  printFigure('store', 'inserts, 1 writer, against lmdb one by one', results[0]!.perSecond / lmdbAlone, null);
  printFigure(
    'store',
    'inserts, 50 writers, against lmdb in groups',
    results[1]!.perSecond / lmdbGrouped,
    null,
  );
  printFigure('store', 'concurrent writes per flush, 50 writers', writesPerFlush, { least: 20 });
  printFigure('store', `memory for ${registrations} registrations, MB`, growth, { most: 200 });
} finally {
  await store.stop();
  await instant.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Store and yardstick in turn, the order swapped every round, so that what drifts hits both alike. */
async function compare({
  step,
  writers,
}: Figure): Promise<{ perSecond: number; yardstick: number; ratio: number }> {
  await measure(step(store), writers, milliseconds / 2);
  await measure(step(instant), writers, milliseconds / 2);
  const runs: { perSecond: number; yardstick: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = { perSecond: 0, yardstick: 0 };
    for (const subject of round % 2 === 0 ? [store, instant] : [instant, store]) {
      run[subject === store ? 'perSecond' : 'yardstick'] = await measure(
        step(subject),
        writers,
        milliseconds,
      );
    }
    runs.push(run);
  }
  return {
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    yardstick: median(runs.map(({ yardstick }) => yardstick)),
    ratio: median(runs.map(({ perSecond, yardstick }) => perSecond / yardstick)),
  };
}
