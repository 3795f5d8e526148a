import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A text that a thousand viewers ask for within the same moment is packed once. */
const mostPacked = 64;
const packed = new Map<string, Buffer>();

function pack(text: string): Buffer {
  const known = packed.get(text);
  if (known) return known;
  const made = gzipSync(text, { level: 4 });
  if (packed.size >= mostPacked) packed.delete(packed.keys().next().value ?? '');
  packed.set(text, made);
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
  const body = isPacked ? pack(text) : Buffer.from(text);
  response.writeHead(200, {
    'Content-Type': playlistType,
    'Content-Length': body.length,
    'Cache-Control': cacheControl,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...(isPacked && { 'Content-Encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
