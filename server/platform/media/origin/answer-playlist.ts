import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A text that a thousand viewers ask for within the same moment is made into bytes once. */
const mostKept = 64;
const kept = { gzip: new Map<string, Buffer>(), plain: new Map<string, Buffer>() };
const makers = {
  gzip: (text: string) => gzipSync(text, { level: 4 }),
  plain: (text: string) => Buffer.from(text),
};

function bytesOf(text: string, form: keyof typeof kept): Buffer {
  const known = kept[form].get(text);
  if (known) return known;
  const made = makers[form](text);
  if (kept[form].size >= mostKept) kept[form].delete(kept[form].keys().next().value ?? '');
  kept[form].set(text, made);
  return made;
}

export const playlistType = 'application/vnd.apple.mpegurl';

export function answerPlaylist(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  cacheControl: string,
): void {
  const isPacked = text.length > 500 && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = bytesOf(text, isPacked ? 'gzip' : 'plain');
  const headers = {
    'Content-Type': playlistType,
    'Content-Length': body.length,
    'Cache-Control': cacheControl,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
  };
  response.writeHead(200, isPacked ? { ...headers, 'Content-Encoding': 'gzip' } : headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}
