import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '../../logging/create-logger.ts';
import { keyOf, typeOf, type ObjectPlace } from './object-key.ts';
import { isSame, readFileState } from './pending-objects.ts';
import type { S3Client } from './s3-client.ts';
import type { UploadedLog } from './uploaded-log.ts';

/** S3 takes no more in one request (docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html). */
const largest = 5 * 2 ** 30;
const lanes = 4;
const mostRefusals = 5;

export interface Uploads {
  /** Asking for what already waits or is under way changes nothing. */
  add(place: ObjectPlace): void;
  /** Resolves when nothing of these is under way: what was is broken off. */
  halt(keys: readonly string[]): Promise<void>;
  /** Several tries in a row came to nothing. */
  isAway(): boolean;
  /** Resolves when nothing is under way; what takes longer than a moment is broken off, and uploaded after the next start. */
  stop(): Promise<void>;
}

export interface UploadOptions {
  readonly dataDirectory: string;
  readonly s3: S3Client;
  readonly log: UploadedLog;
  readonly logger: Logger;
  readonly isErasing: (key: string) => boolean;
  /** Nothing more of the folder waits or is under way. */
  readonly onIdle: (folder: string) => void;
  readonly pauseMs?: (failures: number) => number;
}

interface UnderWay {
  readonly breakOff: AbortController;
  readonly settled: Promise<void>;
}
type Outcome = 'done' | 'dropped' | 'refused' | 'away';

const usualPause = (failures: number) =>
  Math.min(300_000, 1_000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
const stoppingMs = 3_000;

/** Uploads a few files at a time. While S3 is away one is tried, ever more rarely; the queue is what is on disk. */
export function openUploads(options: UploadOptions): Uploads {
  const { s3, log, logger, pauseMs = usualPause } = options;
  const waiting = new Map<string, ObjectPlace>();
  const underWay = new Map<string, UnderWay>();
  /** How many of each folder wait or are under way. */
  const inFolder = new Map<string, number>();
  const refusals = new Map<string, number>();
  let failures = 0;
  let pause: NodeJS.Timeout | null = null;
  let isStopped = false;

  async function upload(key: string, { folder, name }: ObjectPlace, signal: AbortSignal): Promise<Outcome> {
    const path = join(folder, name);
    const before = await readFileState(path);
    if (!before || options.isErasing(key)) return 'dropped';
    if (before.bytes > largest) return refuse(key, 'it is larger than 5 GB', mostRefusals);
    const sha256 = await hashFile(path, signal);
    const put = await s3.put({ key, path, bytes: before.bytes, sha256, type: typeOf(name) }, signal);
    if (signal.aborted) return 'dropped';
    if (!put.ok && put.reason === 'unavailable') return away(put.message);
    // One that changed meanwhile is no fault of anybody's, and is listed again as it is now.
    if (!put.ok) return isSame(before, await readFileState(path)) ? refuse(key, put.message) : 'dropped';
    await log.note(folder, [{ kind: 'uploaded', name, ...before }]);
    return 'done';
  }
  function refuse(key: string, why: string, times = (refusals.get(key) ?? 0) + 1): Outcome {
    refusals.set(key, times);
    if (times < mostRefusals) logger.warn({ key, why }, 'S3 refused a file; it is tried again');
    else logger.error({ key, why }, 'S3 does not take a file; it stays on the local disk');
    return 'refused';
  }
  function away(why: string): Outcome {
    if (pause) return 'away';
    failures += 1;
    // One alone may be a kept connection that the other side had just closed.
    if (failures === 2 || failures % 10 === 0)
      logger.warn({ why, waiting: waiting.size }, `recordings wait on the local disk: ${why}`);
    pause = setTimeout(() => {
      pause = null;
      pump();
    }, pauseMs(failures)).unref();
    return 'away';
  }
  /** Resolved, given up or taken back: nobody looks at a folder again for each of its thousands of files. */
  function leave(folder: string): void {
    const left = (inFolder.get(folder) ?? 1) - 1;
    if (left > 0) inFolder.set(folder, left);
    else inFolder.delete(folder);
    if (left <= 0 && !isStopped) options.onIdle(folder);
  }
  function settle(key: string, place: ObjectPlace, outcome: Outcome): void {
    underWay.delete(key);
    const isLeft = outcome === 'away' || (outcome === 'refused' && (refusals.get(key) ?? 0) < mostRefusals);
    if (isLeft && !options.isErasing(key)) waiting.set(key, place);
    else leave(place.folder);
    if (outcome === 'done') {
      if (failures > 0) logger.info('recordings are uploaded to S3 again');
      failures = 0;
      refusals.delete(key);
    }
    pump();
  }
  function begin(key: string, place: ObjectPlace): void {
    const breakOff = new AbortController();
    const work = upload(key, place, breakOff.signal).catch((error: unknown): Outcome => {
      if (breakOff.signal.aborted) return 'dropped';
      logger.warn({ err: error, key }, 'a file could not be read or noted; it is tried again');
      return away('the local disk does not answer');
    });
    underWay.set(key, { breakOff, settled: work.then((outcome) => settle(key, place, outcome)) });
  }
  function pump(): void {
    for (const [key, place] of waiting) {
      if (isStopped || pause || underWay.size >= (failures > 0 ? 1 : lanes)) return;
      waiting.delete(key);
      begin(key, place);
    }
  }

  return {
    add(place) {
      const key = keyOf(options.dataDirectory, join(place.folder, place.name));
      if (!key || underWay.has(key) || waiting.has(key) || (refusals.get(key) ?? 0) >= mostRefusals) return;
      waiting.set(key, place);
      inFolder.set(place.folder, (inFolder.get(place.folder) ?? 0) + 1);
      pump();
    },
    async halt(keys) {
      const found = keys.flatMap((key) => underWay.get(key) ?? []);
      for (const key of keys) {
        const place = waiting.get(key);
        if (waiting.delete(key) && place) leave(place.folder);
      }
      for (const { breakOff } of found) breakOff.abort();
      await Promise.all(found.map(({ settled }) => settled));
    },
    isAway: () => failures >= 3,
    async stop() {
      isStopped = true;
      if (pause) clearTimeout(pause);
      const late = setTimeout(() => underWay.forEach(({ breakOff }) => breakOff.abort()), stoppingMs);
      await Promise.all([...underWay.values()].map(({ settled }) => settled));
      clearTimeout(late);
    },
  };
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
