import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/**
 * A text for one person. Its tag is strong (RFC 9110, 8.8.3), because nothing between us and the reader may keep the
 * text or encode it anew. Express would send it whole to who says `no-cache` beside `If-None-Match`, as programs do.
 */
export function sendPrivateText(request: Request, response: Response, type: string, body: string): void {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  response.set({
    'Cache-Control': 'private, no-cache, no-transform',
    'Content-Type': type,
    ETag: tag,
    'X-Robots-Tag': 'noindex',
  });
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(tag) || known.includes('*')) response.status(304).end();
  else response.send(body);
}
