import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { indexPath } from '../packaging/run-index.ts';
import { isSame, readFileState } from './pending-objects.ts';
import type { UploadedLog } from './uploaded-log.ts';

export interface PruneOptions {
  readonly log: UploadedLog;
  readonly keepLocalMs: number;
  readonly now: () => number;
}

/** Deletes what of a run that is over is in S3 and has been here long enough. True: nothing of it is here any more. */
export async function pruneRun(folder: string, { log, keepLocalMs, now }: PruneOptions): Promise<boolean> {
  const index = await readFileState(indexPath(folder));
  if (!index || now() - index.modifiedMs < keepLocalMs) return false;
  const uploaded = await log.read(folder);
  let left = 0;
  for (const rung of await readdir(folder, { withFileTypes: true })) {
    if (!rung.isDirectory()) continue;
    for (const file of await readdir(join(folder, rung.name))) {
      const path = join(folder, rung.name, file);
      const isThere = isSame(await readFileState(path), uploaded.get(`${rung.name}/${file}`));
      if (isThere) await rm(path);
      else left += 1;
    }
  }
  if (left > 0 || !isSame(index, uploaded.get('index.ndjson')) || !(await log.isSaved(folder))) return false;
  await log.note(folder, [{ kind: 'moved', indexBytes: index.bytes }]);
  return true;
}

/** The same of files made of recordings, each by its own age. */
export async function pruneFiles(folder: string, { log, keepLocalMs, now }: PruneOptions): Promise<void> {
  for (const [name, uploaded] of await log.read(folder)) {
    if (name.endsWith('.ndjson') || now() - uploaded.modifiedMs < keepLocalMs) continue;
    const path = join(folder, name);
    if (isSame(await readFileState(path), uploaded)) await rm(path);
  }
}
