import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const kept = /^[\w-]{8,64}\.[a-z]{3,4}$/;

/** Where a file of this name is. The name is made by us; anything else is no file of ours. */
export function pathOfKeptFile(dataDirectory: string, name: string): string | null {
  return kept.test(name) ? join(dataDirectory, 'files', name) : null;
}

/** Under its name only once it is there in full: a process that dies leaves no half a file to be read. */
export async function keepFile(dataDirectory: string, name: string, bytes: Buffer): Promise<void> {
  const path = pathOfKeptFile(dataDirectory, name);
  if (!path) throw new Error('A file got a name that is not ours');
  await mkdir(join(dataDirectory, 'files'), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.part`, bytes, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

export async function removeKeptFile(dataDirectory: string, name: string): Promise<void> {
  const path = pathOfKeptFile(dataDirectory, name);
  if (path) await rm(path, { force: true });
}
