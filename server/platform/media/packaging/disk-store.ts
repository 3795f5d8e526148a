import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dropHalfLine, folderOfRun, indexPath, pathOfObject, readIndex } from './run-index.ts';
import type { IndexLine, RunStore, SegmentStore } from './segment-store.ts';

/** A disk that hangs must not fill the memory: what is beyond this is not kept. */
const mostWaitingBytes = 96 * 1024 * 1024;

function openRunStore(folder: string, onError: (error: unknown) => void): RunStore {
  let queue: Promise<void> = Promise.resolve();
  let waitingBytes = 0;
  let isRecording = true;
  let mayEndHalf = false;

  function enqueue(line: IndexLine, path: string | null, bytes: Buffer | null): void {
    const size = bytes?.length ?? 0;
    if (!isRecording) return;
    if (waitingBytes + size > mostWaitingBytes) return onError(new Error('The disk does not keep up'));
    waitingBytes += size;
    queue = queue
      .then(async () => {
        if (path && bytes) await writeWhole(path, bytes);
        const text = `${mayEndHalf ? '\n' : ''}${JSON.stringify(line)}\n`;
        mayEndHalf = true;
        await appendFile(indexPath(folder), text, { mode: 0o600 });
        mayEndHalf = false;
      })
      .catch(onError)
      .finally(() => {
        waitingBytes -= size;
      });
  }

  return {
    begin(line) {
      queue = queue
        .then(() => mkdir(folder, { recursive: true, mode: 0o700 }))
        .then(() => undefined)
        .catch(onError);
      enqueue(line, null, null);
    },
    putInit: (line, bytes) => enqueue(line, pathOfObject(folder, line.rung, `init-${line.init}.mp4`), bytes),
    putSegment: (line, bytes) => enqueue(line, pathOfObject(folder, line.rung, `s${line.msn}.m4s`), bytes),
    read: (rung, name) => readObject(folder, rung, name),
    record(isOn) {
      isRecording = isOn;
    },
    async close(ended) {
      if (ended) enqueue({ kind: 'ended' }, null, null);
      await queue;
    },
  };
}

/** Under its name only once it is there in full. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const half = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(half, bytes, { mode: 0o600 });
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** null: no name of ours, or nothing is kept under it. */
export async function readObject(runFolder: string, rung: string, name: string): Promise<Buffer | null> {
  const path = pathOfObject(runFolder, rung, name);
  return path === null ? null : readFile(path).catch(() => null);
}

/** Runs under `<dataDirectory>/live/<streamId>/<runId>/`. */
export function createDiskStore(dataDirectory: string): SegmentStore {
  return {
    create: (streamId, runId, onError) => openRunStore(folderOfRun(dataDirectory, streamId, runId), onError),
    async reopen(streamId, runId, onError) {
      const folder = folderOfRun(dataDirectory, streamId, runId);
      const lines = await readIndex(folder);
      if (!lines || lines.length === 0 || lines.some(({ kind }) => kind === 'ended')) return null;
      await dropHalfLine(folder);
      return { store: openRunStore(folder, onError), lines };
    },
  };
}
