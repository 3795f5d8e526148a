import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexLine, type IndexLine } from './segment-store.ts';

const id = /^[\w-]{8,64}$/;
const object = /^(?:init-\d{1,9}\.mp4|s\d{1,9}\.m4s)$/;
const rungName = /^[\w-]{1,32}$/;

/** Where a stream is kept; throws when the id is none of ours, which would lead elsewhere on the disk. */
export function folderOfStream(dataDirectory: string, streamId: string): string {
  if (!id.test(streamId)) throw new Error('A stream got an id that is not ours');
  return join(dataDirectory, 'live', streamId);
}

export function folderOfRun(dataDirectory: string, streamId: string, runId: string): string {
  if (!id.test(runId)) throw new Error('A run got an id that is not ours');
  return join(folderOfStream(dataDirectory, streamId), runId);
}

/** null: no name of ours. */
export const pathOfObject = (runFolder: string, rung: string, name: string): string | null =>
  rungName.test(rung) && object.test(name) ? join(runFolder, rung, name) : null;

export const indexPath = (runFolder: string): string => join(runFolder, 'index.ndjson');

/** The lines that are whole; what a crash left half written, or what is no line of ours, is passed over. */
export function parseIndex(text: string): readonly IndexLine[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => {
      try {
        const parsed = indexLine.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
}

/** Of a run that never began to be kept: null. */
export async function readIndex(runFolder: string): Promise<readonly IndexLine[] | null> {
  try {
    return parseIndex(await readFile(indexPath(runFolder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Cuts a half last line off, so that the next one begins a line of its own. */
export async function dropHalfLine(runFolder: string): Promise<void> {
  const file = await open(indexPath(runFolder), 'r+');
  try {
    const bytes = await file.readFile();
    await file.truncate(bytes.lastIndexOf(0x0a) + 1);
  } finally {
    await file.close();
  }
}
