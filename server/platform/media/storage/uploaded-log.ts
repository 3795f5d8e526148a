import { appendFile, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const name = z.string().regex(/^[\w-]+(?:[./][\w-]+)*$/);

/** The lines of `uploaded.ndjson`, which stands beside what it names and is never moved. */
const uploadedLine = z.discriminatedUnion('kind', [
  /** `modifiedMs`: of the local file, so that its ETag stays what it was. */
  z.object({ kind: z.literal('uploaded'), name, bytes: z.int().min(0), modifiedMs: z.int() }),
  z.object({ kind: z.literal('erased'), name }),
  /** All that an index of so many bytes names is in S3 and nothing of it is here any more. */
  z.object({ kind: z.literal('moved'), indexBytes: z.int().min(0) }),
]);
export type UploadedLine = z.infer<typeof uploadedLine>;

/** A file as it was when it was uploaded. */
export interface Uploaded {
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** What is in S3 of each folder of recordings. */
export interface UploadedLog {
  /** By name inside the folder. */
  read(folder: string): Promise<ReadonlyMap<string, Uploaded>>;
  /** How many bytes of index were moved when the folder was looked at last; null: not all was. */
  readMoved(folder: string): Promise<number | null>;
  /** Whether the log itself was uploaded last, so that what is in S3 is found again on an empty disk. */
  isSaved(folder: string): Promise<boolean>;
  note(folder: string, lines: readonly UploadedLine[]): Promise<void>;
}

export const uploadedLogName = 'uploaded.ndjson';
const remembered = 64;

function parse(text: string): readonly UploadedLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = uploadedLine.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

function apply(known: Map<string, Uploaded>, line: UploadedLine): void {
  if (line.kind === 'uploaded') known.set(line.name, { bytes: line.bytes, modifiedMs: line.modifiedMs });
  if (line.kind === 'erased') known.delete(line.name);
}

const textOf = (lines: readonly UploadedLine[]): string =>
  // A line of its own, though a process died in the middle of the last one.
  lines.map((line) => `\n${JSON.stringify(line)}`).join('') + '\n';

export function openUploadedLog(): UploadedLog {
  const folders = new Map<string, Promise<Map<string, Uploaded>>>();
  let last: Promise<unknown> = Promise.resolve();

  const readFolder = (folder: string): Promise<Map<string, Uploaded>> => {
    const known = folders.get(folder) ?? readFresh(folder);
    folders.delete(folder);
    folders.set(folder, known);
    const [oldest] = folders.keys();
    if (folders.size > remembered && oldest) folders.delete(oldest);
    known.catch(() => folders.delete(folder));
    return known;
  };
  return {
    // Behind what is being written, so that nothing that was noted is missed.
    read: (folder) => last.then(() => readFolder(folder)),
    async readMoved(folder) {
      const line = await readLast(folder);
      return line?.kind === 'moved' ? line.indexBytes : null;
    },
    async isSaved(folder) {
      const line = await readLast(folder);
      return line?.kind === 'moved' || (line?.kind === 'uploaded' && line.name === uploadedLogName);
    },
    note(folder, lines) {
      const noted = last.then(async () => {
        const known = await readFolder(folder);
        await appendFile(join(folder, uploadedLogName), textOf(lines), { mode: 0o600 });
        for (const line of lines) apply(known, line);
      });
      last = noted.catch(() => undefined);
      return noted;
    },
  };
}

const readLast = async (folder: string): Promise<UploadedLine | undefined> =>
  parse(await readEnd(join(folder, uploadedLogName))).at(-1);

async function readFresh(folder: string): Promise<Map<string, Uploaded>> {
  const known = new Map<string, Uploaded>();
  for (const line of parse(await readText(join(folder, uploadedLogName)))) apply(known, line);
  return known;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The last lines of a file that may be long. */
async function readEnd(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found) return '';
  const file = await open(path);
  try {
    const length = Math.min(found.size, 400);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, found.size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
