import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../logging/create-logger.ts';
import { newId } from '../../new-id.ts';
import { isObjectKey } from './object-key.ts';
import type { S3Client } from './s3-client.ts';

const noteShape = z.object({ keys: z.array(z.string().refine(isObjectKey)) });
const ending = '.json';
const lanes = 4;
const mostFailures = 8;
/** An upload that was broken off after its last byte may still come to be; what it left is gone after the second round. */
const againAfterMs = 60_000;

export interface Erasures {
  has(key: string): boolean;
  /**
   * Resolves when it is on disk that these go; they are gone when S3 has answered for each, twice. `halt` breaks off what is
   * being done with them, which nothing begins any more.
   */
  add(keys: readonly string[], halt: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface ErasureOptions {
  readonly dataDirectory: string;
  readonly s3: S3Client;
  readonly logger: Logger;
  readonly againAfterMs?: number;
  readonly pauseMs?: (failures: number) => number;
}

interface Job {
  readonly path: string;
  readonly keys: readonly string[];
  /** Of this round. */
  readonly left: readonly string[];
  readonly isSecond: boolean;
  readonly failures: number;
}

const usualPause = (failures: number) => Math.min(60_000, 500 * 2 ** failures);

/** Goes on with what a process before this one noted; resolves when that is known, and not on the local disk. */
export async function openErasures(options: ErasureOptions): Promise<Erasures> {
  const { dataDirectory, s3, logger, pauseMs = usualPause } = options;
  // Outside the folders of runs, which are gone before S3 has answered.
  const folder = join(dataDirectory, 'erasing');
  const erasing = new Map<string, number>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let last: Promise<void> = Promise.resolve();

  /** Each once; after some failures S3 is taken to be away, and the rest is left for later. */
  async function removeAll(keys: readonly string[]): Promise<{ left: readonly string[]; why: string }> {
    const rest = [...keys];
    const left: string[] = [];
    let why = '';
    const lane = async () => {
      for (let key = rest.shift(); key !== undefined; key = rest.shift()) {
        const removed = signal.aborted
          ? ({ ok: false, message: 'the process stops' } as const)
          : await s3.remove(key);
        if (removed.ok) continue;
        why = removed.message;
        left.push(key);
        if (left.length >= mostFailures) left.push(...rest.splice(0));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return { left, why };
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
  const later = (job: Job, ms: number) => void setTimeout(() => enqueue(job), ms).unref();
  /** One that S3 does not let go must not hold up the others. */
  function enqueue(job: Job): void {
    last = last
      .then(() => removeAll(job.left))
      .then(async ({ left, why }) => {
        const { failures } = job;
        if (signal.aborted) return;
        if (left.length > 0) {
          if (failures % 10 === 0)
            logger.warn({ keys: left.length, why }, `what was erased is still in S3: ${why}`);
          later({ ...job, left, failures: failures + 1 }, pauseMs(failures));
        } else if (job.isSecond) await finish(job);
        else
          later(
            { ...job, left: job.keys, isSecond: true, failures: 0 },
            options.againAfterMs ?? againAfterMs,
          );
      })
      .catch((error: unknown) => logger.error({ err: error }, 'a note of what was erased cannot be removed'));
  }
  function begin(path: string, keys: readonly string[]): void {
    enqueue({ path, keys, left: keys, isSecond: false, failures: 0 });
  }

  await mkdir(folder, { recursive: true, mode: 0o700 });
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
    if (keys.length > 0) begin(path, keys);
  }
  return {
    has: (key) => erasing.has(key),
    async add(keys, halt) {
      if (keys.length === 0) return;
      const path = join(folder, `${newId()}${ending}`);
      await writeFile(`${path}.new`, JSON.stringify({ keys }), { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
      for (const key of keys) count(key, 1);
      await halt();
      begin(path, keys);
    },
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

const readNote = async (path: string): Promise<readonly string[]> =>
  noteShape.parse(JSON.parse(await readFile(path, 'utf8'))).keys;
