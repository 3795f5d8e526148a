import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dropHalfLine, folderOfRun, indexPath, pathOfObject, readIndex } from './run-index.ts';
import type { IndexLine, RunStore, SegmentStore } from './segment-store.ts';

/** A disk that hangs must not fill the memory: what is beyond this is not kept. */
const mostWaitingBytes = 96 * 1024 * 1024;

interface Write {
  readonly line: IndexLine;
  readonly path: string | null;
  readonly bytes: Buffer;
}

function openRunStore(
  folder: string,
  {
    onError,
    onKept,
    isNew,
  }: {
    readonly onError: (error: unknown) => void;
    readonly onKept: () => void;
    readonly isNew: boolean;
  },
): RunStore {
  let queue: Promise<void> = Promise.resolve();
  let waitingBytes = 0;
  let isRecording = true;
  let mayEndHalf = false;
  let hasBegun = !isNew;
  /** What later segments need, however often writing it has failed so far. */
  const owed: Write[] = [];

  async function write({ line, path, bytes }: Write): Promise<void> {
    if (line.kind === 'run') await mkdir(folder, { recursive: true, mode: 0o700 });
    if (path) await writeWhole(path, bytes);
    const text = `${mayEndHalf ? '\n' : ''}${JSON.stringify(line)}\n`;
    mayEndHalf = true;
    await appendFile(indexPath(folder), text, { mode: 0o600 });
    mayEndHalf = false;
    onKept();
  }

  async function writeOwed(): Promise<void> {
    for (let next = owed[0]; next; next = owed[0]) {
      await write(next);
      owed.shift();
    }
    hasBegun = true;
  }

  function enqueue(last: Write | null): void {
    if (!isRecording) return;
    const size = last?.bytes.length ?? 0;
    if (waitingBytes + size > mostWaitingBytes) return onError(new Error('The disk does not keep up'));
    waitingBytes += size;
    queue = queue
      .then(writeOwed)
      .then(() => (last ? write(last) : undefined))
      .catch(onError)
      .finally(() => {
        waitingBytes -= size;
      });
  }

  function owe(write: Write): void {
    owed.push(write);
    enqueue(null);
  }

  return {
    begin: (line) => owe({ line, path: null, bytes: Buffer.alloc(0) }),
    putInit: (line, bytes) =>
      owe({ line, path: pathOfObject(folder, line.rung, `init-${line.init}.mp4`), bytes }),
    putSegment: (line, bytes) =>
      enqueue({ line, path: pathOfObject(folder, line.rung, `s${line.msn}.m4s`), bytes }),
    // On a slow disk it may only be on its way.
    read: async (rung, name) =>
      (await readObject(folder, rung, name)) ?? (await queue.then(() => readObject(folder, rung, name))),
    record(isOn) {
      isRecording = isOn;
    },
    async close(ended) {
      if (ended && (hasBegun || owed.length > 0))
        enqueue({ line: { kind: 'ended' }, path: null, bytes: Buffer.alloc(0) });
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

/** Runs under `<dataDirectory>/live/<streamId>/<runId>/`. `onKept`: the index of one has grown. */
export function createDiskStore(
  dataDirectory: string,
  onKept: (streamId: string, runId: string) => void = () => undefined,
): SegmentStore {
  const open = (streamId: string, runId: string, isNew: boolean, onError: (error: unknown) => void) =>
    openRunStore(folderOfRun(dataDirectory, streamId, runId), {
      ...{ onError, isNew },
      onKept: () => onKept(streamId, runId),
    });
  return {
    create: (streamId, runId, onError) => open(streamId, runId, true, onError),
    async reopen(streamId, runId, onError) {
      const folder = folderOfRun(dataDirectory, streamId, runId);
      const lines = await readIndex(folder);
      if (!lines || lines.length === 0 || lines.some(({ kind }) => kind === 'ended')) return null;
      await dropHalfLine(folder);
      return { store: open(streamId, runId, false, onError), lines };
    },
  };
}
