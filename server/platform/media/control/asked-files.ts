import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const id = z.string().regex(/^[\w-]{8,64}$/);
const askedFile = z.object({ streamId: id, fileId: id, from: z.number(), to: z.number() });
export type AskedFile = z.infer<typeof askedFile>;

const ending = '.asked.json';

/** Which files are still to be made, on disk: a process that comes after one that died makes them. */
export interface AskedFiles {
  add(asked: AskedFile): Promise<void>;
  remove(asked: Pick<AskedFile, 'streamId' | 'fileId'>): Promise<void>;
  list(): Promise<AskedFile[]>;
}

export function openAskedFiles(dataDirectory: string): AskedFiles {
  const folder = join(dataDirectory, 'live');
  const folderOf = (streamId: string) => join(folder, streamId, 'files');
  const pathOf = (asked: Pick<AskedFile, 'streamId' | 'fileId'>) =>
    join(folderOf(asked.streamId), `${asked.fileId}${ending}`);
  return {
    async add(asked) {
      await mkdir(folderOf(asked.streamId), { recursive: true, mode: 0o700 });
      await writeFile(pathOf(asked), JSON.stringify(asked));
    },
    remove: (asked) => rm(pathOf(asked), { force: true }),
    async list() {
      const found: AskedFile[] = [];
      for (const streamId of await readdir(folder).catch(() => []))
        for (const name of await readdir(folderOf(streamId)).catch(() => [])) {
          if (!name.endsWith(ending)) continue;
          const text = await readFile(join(folderOf(streamId), name), 'utf8').catch(() => '');
          // Half a note is of a process that died before web had an answer: web asks again.
          const read = askedFile.safeParse(jsonOf(text));
          if (read.success) found.push(read.data);
        }
      return found;
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
