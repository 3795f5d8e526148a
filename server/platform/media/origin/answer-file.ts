import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { sendProblem } from '../../http/send-problem.ts';

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

/** A file on disk, whole or a range of it. */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: {
    readonly path: string;
    readonly type: string;
    readonly cacheControl: string;
    readonly saveAs?: string;
  },
): Promise<void> {
  const handle = await open(file.path).catch(() => null);
  if (!handle) return sendProblem(response, 404, 'not-found', 'That file is not there, or not yet.');
  try {
    const { size, mtimeMs } = await handle.stat();
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
    if (request.method === 'HEAD' || size === 0) response.end();
    // Who goes away in the middle is no fault of ours.
    else await pipeline(handle.createReadStream({ start, end }), response).catch(() => undefined);
  } finally {
    await handle.close().catch(() => undefined);
  }
}
