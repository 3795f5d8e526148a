import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from '../../logging/create-logger.ts';
import { newId } from '../../new-id.ts';
import { isObjectKey } from './object-key.ts';
import type { S3Client } from './s3-client.ts';
import type { Uploads } from './upload-pending.ts';

const noteShape = z.object({ keys: z.array(z.string().refine(isObjectKey)) });
const ending = '.json';
const lanes = 4;
/** An upload that was broken off after its last byte may still come to be; what it left is gone after the second round. */
const againAfterMs = 60_000;

export interface Erasures {
  has(key: string): boolean;
  /** Goes on with what a process before this one noted. */
  start(): void;
  /** Resolves when it is on disk that these go; they are gone when S3 has answered for each, twice. */
  add(keys: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface ErasureOptions {
  readonly dataDirectory: string;
  readonly s3: S3Client;
  readonly logger: Logger;
  readonly uploads: () => Pick<Uploads, 'halt'>;
  readonly againAfterMs?: number;
  readonly pauseMs?: (failures: number) => number;
}

interface Job {
  readonly path: string;
  readonly keys: readonly string[];
}

const usualPause = (failures: number) => Math.min(60_000, 500 * 2 ** failures);

/** Resolves when it is known what a process before this one noted, and that is not on the local disk. */
export async function openErasures(options: ErasureOptions): Promise<Erasures> {
  const { dataDirectory, s3, logger, pauseMs = usualPause } = options;
  // Outside the folders of runs, which are gone before S3 has answered.
  const folder = join(dataDirectory, 'erasing');
  const erasing = new Map<string, number>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let last: Promise<void> = Promise.resolve();

  async function removeOne(key: string): Promise<void> {
    await options.uploads().halt([key]);
    for (let failures = 0; !signal.aborted; failures += 1) {
      const removed = await s3.remove(key);
      if (removed.ok) return;
      if (failures % 10 === 0)
        logger.warn({ key, why: removed.message }, `what was erased is still in S3: ${removed.message}`);
      await delay(pauseMs(failures), undefined, { signal, ref: false });
    }
  }
  async function removeAll(keys: readonly string[]): Promise<void> {
    const rest = [...keys];
    const lane = async () => {
      for (let key = rest.shift(); key !== undefined && !signal.aborted; key = rest.shift())
        await removeOne(key);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    signal.throwIfAborted();
  }
  async function finish({ path, keys }: Job): Promise<void> {
    await rm(path, { force: true });
    for (const key of keys) count(key, -1);
  }
  const count = (key: string, by: number) => {
    const many = (erasing.get(key) ?? 0) + by;
    if (many > 0) erasing.set(key, many);
    else erasing.delete(key);
  };
  function enqueue(job: Job, isSecond: boolean): void {
    last = last
      .then(() => removeAll(job.keys))
      .then(async () => {
        if (isSecond) return finish(job);
        setTimeout(() => enqueue(job, true), options.againAfterMs ?? againAfterMs).unref();
      })
      .catch((error: unknown) => {
        if (!signal.aborted)
          logger.error({ err: error }, 'what was erased is tried again after the next start');
      });
  }

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found: Job[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.endsWith(ending)) continue;
    const keys = await readNote(path).catch((error: unknown) => {
      logger.error({ err: error, path }, 'a note of what was erased cannot be read; it may still be in S3');
      return [];
    });
    // The process may have died before it had erased them here.
    for (const key of keys) await rm(join(dataDirectory, key), { force: true });
    for (const key of keys) count(key, 1);
    if (keys.length > 0) found.push({ path, keys });
  }
  return {
    has: (key) => erasing.has(key),
    start: () => found.forEach((job) => enqueue(job, false)),
    async add(keys) {
      if (keys.length === 0) return;
      const path = join(folder, `${newId()}${ending}`);
      await writeFile(`${path}.new`, JSON.stringify({ keys }), { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
      for (const key of keys) count(key, 1);
      enqueue({ path, keys }, false);
    },
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

const readNote = async (path: string): Promise<readonly string[]> =>
  noteShape.parse(JSON.parse(await readFile(path, 'utf8'))).keys;
