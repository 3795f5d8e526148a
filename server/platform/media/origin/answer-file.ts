import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sendProblem } from '../../http/send-problem.ts';
import type { Storage } from '../storage/open-storage.ts';

/** One range of bytes, as players ask for (RFC 9110, 14.1.2); null: the whole; 'outside': none that is there. */
export function readRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | null | 'outside' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (!first && !last) return null;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  return start < size && start <= end ? { start, end } : 'outside';
}

export interface AnsweredFile {
  readonly path: string;
  readonly type: string;
  readonly cacheControl: string;
  readonly saveAs?: string;
  /** Where it may be when it is not on the local disk any more. */
  readonly storage?: Pick<Storage, 'find' | 'open'> | null;
}

interface Source {
  readonly size: number;
  readonly mtimeMs: number;
  /** null: it is gone after all. */
  read(range: { start: number; end: number }): Promise<Readable | null>;
  close(): Promise<void>;
}

async function openLocal(path: string): Promise<Source | null> {
  const handle = await open(path).catch(() => null);
  if (!handle) return null;
  const { size, mtimeMs } = await handle.stat();
  return {
    ...{ size, mtimeMs },
    read: (range) => Promise.resolve(handle.createReadStream(range)),
    close: () => handle.close().catch(() => undefined),
  };
}

async function openMoved({ path, storage }: AnsweredFile): Promise<Source | null> {
  const found = await storage?.find(path);
  if (!storage || !found) return null;
  return {
    ...{ size: found.bytes, mtimeMs: found.modifiedMs },
    // The whole is asked for as such: a range of an object that is another one now would not be noticed.
    read: ({ start, end }) =>
      storage.open(path, start === 0 && end === found.bytes - 1 ? undefined : { start, end }),
    close: () => Promise.resolve(),
  };
}

/** A file on disk or in the storage behind it, whole or a range of it. Throws `StorageAway`. */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: AnsweredFile,
): Promise<void> {
  const source = (await openLocal(file.path)) ?? (await openMoved(file));
  if (!source) return sendProblem(response, 404, 'not-found', notThere);
  await answerFrom(source, request, response, file).finally(() => source.close());
}

const notThere = 'That file is not there, or not yet.';

async function answerFrom(
  source: Source,
  request: IncomingMessage,
  response: ServerResponse,
  file: AnsweredFile,
): Promise<void> {
  const { size, mtimeMs } = source;
  const etag = `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
  const ifRange = request.headers['if-range'];
  const range = readRange(ifRange && ifRange !== etag ? undefined : request.headers.range, size);
  if (range === 'outside') {
    sendProblem(response, 416, 'bad-request', 'The file ends before what was asked for.', {
      'Content-Range': `bytes */${size}`,
    });
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const isBare = request.method === 'HEAD' || size === 0;
  const content = isBare ? null : await source.read({ start, end });
  if (!isBare && !content) return sendProblem(response, 404, 'not-found', notThere);
  response.writeHead(range ? 206 : 200, {
    'Content-Type': file.type,
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    'Cache-Control': file.cacheControl,
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
    ...(range && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
    ...(file.saveAs && { 'Content-Disposition': `attachment; filename="${file.saveAs}"` }),
  });
  // Who goes away in the middle is no fault of ours.
  if (content) await pipeline(content, response).catch(() => undefined);
  else response.end();
}
