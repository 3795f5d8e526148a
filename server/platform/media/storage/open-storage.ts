import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from '../../logging/create-logger.ts';
import { folderOfRun, folderOfStream, indexPath } from '../packaging/run-index.ts';
import { openErasures } from './erase-objects.ts';
import { keyOf, placeOf } from './object-key.ts';
import { openPendingFiles, openPendingRun, readFileState, type PendingObjects } from './pending-objects.ts';
import { pruneFiles, pruneRun } from './prune-local.ts';
import { openS3, type Patience } from './s3-client.ts';
import type { StorageConfig } from './storage-settings.ts';
import { openUploadedLog, type Uploaded, type UploadedLine } from './uploaded-log.ts';
import { openUploads } from './upload-pending.ts';

/** S3 does not answer, or not with what was uploaded: asking later may help. */
export class StorageAway extends Error {
  override readonly name = 'StorageAway';
}

/** Recordings in S3, by their paths on the local disk. */
export interface Storage {
  /** The file as it was uploaded; null: it was not, or was erased. */
  find(path: string): Promise<Uploaded | null>;
  /** Its bytes; null: S3 has it no more. Throws `StorageAway`. */
  open(path: string, range?: { readonly start: number; readonly end: number }): Promise<Readable | null>;
  /** The whole of a small one. */
  read(path: string): Promise<Buffer | null>;
  /** Resolves when it is noted that these go, also from S3, whatever happens to this process. Local files are the caller's. */
  erase(paths: readonly string[]): Promise<void>;
  /** Something of a run was kept. Costs nothing and waits for nothing. */
  keptOfRun(streamId: string, runId: string): void;
  keptFiles(streamId: string): void;
  /** Recordings wait on the local disk, because S3 takes nothing. */
  isAway(): boolean;
  /** Uploads what was not, and deletes here what has been there long enough. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface StorageOptions {
  readonly config: StorageConfig;
  readonly dataDirectory: string;
  readonly logger: Logger;
  readonly now: () => number;
  readonly patience?: Patience;
  readonly pauseMs?: (failures: number) => number;
  readonly eraseAgainAfterMs?: number;
}

const lookEveryMs = 60_000;
const id = /^[\w-]{8,64}$/;

export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { config, dataDirectory, logger, now, pauseMs } = options;
  const s3 = openS3(config, options.patience);
  const log = openUploadedLog();
  const pending = new Map<string, PendingObjects>();
  const refreshing = new Map<string, Promise<void>>();

  const erasures = await openErasures({
    ...{ dataDirectory, s3, logger, ...(pauseMs && { pauseMs }) },
    ...(options.eraseAgainAfterMs !== undefined && { againAfterMs: options.eraseAgainAfterMs }),
  });
  const uploads = openUploads({
    ...{ dataDirectory, s3, log, logger, isErasing: (key) => erasures.has(key), ...(pauseMs && { pauseMs }) },
    onIdle: (folder) => void refresh(folder),
  });

  /** One after the other for each folder; whoever comes in between is served by the next. */
  function refresh(folder: string): Promise<void> {
    const turn = (refreshing.get(folder) ?? Promise.resolve())
      .then(async () => {
        for (const name of (await pending.get(folder)?.next()) ?? []) {
          const key = keyOf(dataDirectory, join(folder, name));
          if (key && !erasures.has(key)) uploads.add({ folder, name });
        }
      })
      .catch((error: unknown) =>
        logger.warn({ err: error, folder }, 'what waits to be uploaded is not known'),
      )
      .finally(() => {
        if (refreshing.get(folder) === turn) refreshing.delete(folder);
      });
    refreshing.set(folder, turn);
    return turn;
  }
  function open(folder: string, kind: 'run' | 'files'): Promise<void> {
    if (!pending.has(folder))
      pending.set(folder, kind === 'run' ? openPendingRun(folder, log, now) : openPendingFiles(folder, log));
    return refresh(folder);
  }
  const prune = { log, now, keepLocalMs: config.keepLocalMs };
  async function lookAtRun(folder: string): Promise<void> {
    const index = await readFileState(indexPath(folder));
    if (!index) return void pending.delete(folder);
    if ((await log.readMoved(folder)) === index.bytes) return;
    await open(folder, 'run');
    if ((await pending.get(folder)?.isOver()) && (await pruneRun(folder, prune))) pending.delete(folder);
  }
  async function look(): Promise<void> {
    for (const streamId of await readdir(join(dataDirectory, 'live')).catch(() => [])) {
      if (!id.test(streamId)) continue;
      for (const name of await readdir(folderOfStream(dataDirectory, streamId)).catch(() => [])) {
        if (id.test(name)) await lookAtRun(folderOfRun(dataDirectory, streamId, name));
        if (name !== 'files') continue;
        const folder = join(folderOfStream(dataDirectory, streamId), name);
        await open(folder, 'files');
        await pruneFiles(folder, prune);
      }
    }
  }
  let looking: Promise<void> = Promise.resolve();
  const lookInTurn = () =>
    (looking = looking
      .then(look)
      .catch((error: unknown) => logger.warn({ err: error }, 'recordings could not be looked through')));
  const timer = setInterval(() => void lookInTurn(), lookEveryMs).unref();
  void lookInTurn();
  // Wrong keys are better known now than after the first recording. Nothing is there, and that is the answer hoped for.
  void s3.get('probe', null).then((answer) => {
    if (answer.ok) answer.stream.destroy();
    else if (answer.reason !== 'missing') logger.warn(`recordings stay on the local disk: ${answer.message}`);
  });

  async function openObject(
    path: string,
    range: { start: number; end: number } | null,
  ): Promise<Readable | null> {
    const key = keyOf(dataDirectory, path);
    if (!key || erasures.has(key)) return null;
    const { folder, name } = placeOf(dataDirectory, key);
    const bytes = range ? range.end - range.start + 1 : (await log.read(folder)).get(name)?.bytes;
    const got = await s3.get(key, range);
    if (got.ok && (bytes === undefined || got.bytes === bytes)) return got.stream;
    if (got.ok) got.stream.destroy();
    warn(key, got.ok ? 'it is not of the size that was uploaded' : got.message);
    if (got.ok || got.reason === 'missing') return null;
    throw new StorageAway(got.message);
  }
  let warnedAt = -Infinity;
  /** Once in a while: thousands may ask for the same. */
  function warn(key: string, why: string): void {
    if (performance.now() - warnedAt < lookEveryMs) return;
    warnedAt = performance.now();
    logger.warn({ key, why }, `a recording cannot be read: ${why}`);
  }
  return {
    async find(path) {
      const key = keyOf(dataDirectory, path);
      if (!key || erasures.has(key)) return null;
      const { folder, name } = placeOf(dataDirectory, key);
      return (await log.read(folder)).get(name) ?? null;
    },
    open: (path, range) => openObject(path, range ?? null),
    async read(path) {
      const stream = await openObject(path, null);
      if (!stream) return null;
      const pieces: Buffer[] = [];
      try {
        for await (const piece of stream) pieces.push(piece as Buffer);
      } catch {
        throw new StorageAway('S3 broke off in the middle');
      }
      return Buffer.concat(pieces);
    },
    async erase(paths) {
      const keys = paths.flatMap((path) => keyOf(dataDirectory, path) ?? []);
      await erasures.add(keys, () => uploads.halt(keys));
      const places = keys.map((key) => placeOf(dataDirectory, key));
      for (const folder of new Set(places.map((place) => place.folder))) {
        const uploaded = await log.read(folder);
        const known = places.filter((place) => place.folder === folder && uploaded.has(place.name));
        const lines = known.map(({ name }): UploadedLine => ({ kind: 'erased', name }));
        if (lines.length > 0) await log.note(folder, lines);
      }
    },
    keptOfRun: (streamId, runId) => void open(folderOfRun(dataDirectory, streamId, runId), 'run'),
    keptFiles: (streamId) => void open(join(folderOfStream(dataDirectory, streamId), 'files'), 'files'),
    isAway: () => uploads.isAway(),
    look: lookInTurn,
    async stop() {
      clearInterval(timer);
      await uploads.stop();
      const stopped = erasures.stop();
      s3.close();
      await stopped;
    },
  };
}
