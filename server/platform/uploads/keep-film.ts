import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { allowLongBody } from '../http/limit-bodies.ts';
import { newId } from '../new-id.ts';
import { readMp4 } from './read-mp4.ts';

export interface KeptFilm {
  readonly id: string;
  readonly bytes: number;
  readonly durationMs: number;
}

export type KeepFilmResult =
  | { readonly ok: true; readonly film: KeptFilm }
  | { readonly ok: false; readonly reason: 'no-file' | 'too-large' | 'not-mp4' };

const folder = (dataDirectory: string) => join(dataDirectory, 'films');

/** Where a film of this id is; null for what is no id of ours. */
export const pathOfFilm = (dataDirectory: string, id: string): string | null =>
  /^[\w-]{8,64}$/.test(id) ? join(folder(dataDirectory), `${id}.mp4`) : null;

export async function removeFilm(dataDirectory: string, id: string): Promise<void> {
  const path = pathOfFilm(dataDirectory, id);
  if (path) await rm(path, { force: true });
}

/**
 * Streams one MP4 from the field `file` of a form to disk, never through memory, and looks into it; short texts are in
 * `request.body` afterwards. It has its name only once it is there in full. Ask who is there before.
 */
export async function keepFilm(
  request: Request,
  response: Response,
  { dataDirectory, largest }: { readonly dataDirectory: string; readonly largest: number },
): Promise<KeepFilmResult> {
  const id = newId();
  const destination = folder(dataDirectory);
  allowLongBody(request);
  await mkdir(destination, { recursive: true, mode: 0o700 });
  await sweepParts(destination);
  const part = join(destination, `${id}.part`);
  const read = multer({
    storage: multer.diskStorage({
      destination,
      filename: (_request, _file, done) => done(null, `${id}.part`),
    }),
    limits: { fileSize: largest, files: 1, fields: 4, fieldSize: 2_000, fieldNameSize: 50, parts: 6 },
  }).single('file');
  const error = await new Promise<unknown>((resolve) => read(request, response, resolve));
  const refuse = async (reason: 'no-file' | 'too-large' | 'not-mp4') => {
    await rm(part, { force: true });
    return { ok: false, reason } as const;
  };
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') return refuse('too-large');
  if (error || !request.file) return refuse('no-file');
  const found = await readMp4(part);
  if (!found) return refuse('not-mp4');
  await rename(part, join(destination, `${id}.mp4`));
  return { ok: true, film: { id, bytes: request.file.size, durationMs: found.durationMs } };
}

const partLifeMs = 24 * 3_600_000;

/** What a process that died in the middle of an upload left behind. */
async function sweepParts(destination: string): Promise<void> {
  const parts = (await readdir(destination)).filter((name) => name.endsWith('.part'));
  for (const name of parts) {
    const path = join(destination, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > partLifeMs) await rm(path, { force: true });
  }
}
