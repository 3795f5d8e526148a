import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { indexPath, parseIndex } from '../packaging/run-index.ts';
import { overlaps } from '../recording/read-runs.ts';
import { uploadedLogName, type Uploaded, type UploadedLog } from './uploaded-log.ts';

/** What of a folder is to be uploaded: always what is named or there, less what `uploaded.ndjson` names. */
export interface PendingObjects {
  /** Names inside the folder, oldest first; what a run named is given once to a process. */
  next(): Promise<readonly string[]>;
  /** False: more may come. */
  isOver(): Promise<boolean>;
}

const indexName = 'index.ndjson';
/** A process that died may be followed by one that goes on with its run for half an hour. */
const silenceMs = 3_600_000;
const fileName = /^[\w-]{8,64}(?:\.mp4|-[1-5]\.jpg)$/;

export async function readFileState(path: string): Promise<Uploaded | null> {
  const found = await stat(path).catch(() => null);
  return found && { bytes: found.size, modifiedMs: Math.floor(found.mtimeMs) };
}

export const isSame = (a: Uploaded | null | undefined, b: Uploaded | null | undefined): boolean =>
  a?.bytes === b?.bytes && a?.modifiedMs === b?.modifiedMs;

/** Its index grows while it is live, and is read on from where it was read to. */
export function openPendingRun(folder: string, log: UploadedLog, now: () => number): PendingObjects {
  let position = 0;
  let hasEnded = false;
  const erased: { readonly from: number; readonly to: number }[] = [];

  async function readOn(): Promise<readonly string[]> {
    const bytes = await readFrom(indexPath(folder), position);
    const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
    const lines = parseIndex(whole.toString('utf8'));
    erased.push(...lines.filter((line) => line.kind === 'erased'));
    hasEnded ||= lines.some(({ kind }) => kind === 'ended');
    position += whole.length;
    return lines.flatMap((line) => {
      if (line.kind === 'init') return `${line.rung}/init-${line.init}.mp4`;
      const isKept = line.kind === 'segment' && !erased.some(({ from, to }) => overlaps(line, from, to));
      return isKept ? `${line.rung}/s${line.msn}.m4s` : [];
    });
  }
  const isOver = async () => {
    if (hasEnded) return true;
    const found = await readFileState(indexPath(folder));
    return found !== null && now() - found.modifiedMs > silenceMs;
  };
  return {
    isOver,
    async next() {
      const uploaded = await log.read(folder);
      const named = (await readOn()).filter((name) => !uploaded.has(name));
      if (named.length > 0 || !(await isOver())) return named;
      const index = await readFileState(join(folder, indexName));
      if (index && !isSame(index, uploaded.get(indexName))) return [indexName];
      return index && !(await log.isSaved(folder)) ? [uploadedLogName] : [];
    },
  };
}

export function openPendingFiles(folder: string, log: UploadedLog): PendingObjects {
  return {
    isOver: () => Promise.resolve(false),
    async next() {
      const uploaded = await log.read(folder);
      const names = (await readdir(folder).catch(() => [])).filter((name) => fileName.test(name));
      const changed: string[] = [];
      for (const name of names)
        if (!isSame(await readFileState(join(folder, name)), uploaded.get(name))) changed.push(name);
      if (changed.length > 0 || uploaded.size === 0) return changed;
      return (await log.isSaved(folder)) ? [] : [uploadedLogName];
    },
  };
}

async function readFrom(path: string, position: number): Promise<Buffer> {
  const file = await open(path).catch(() => null);
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const length = Math.max(0, size - position);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
