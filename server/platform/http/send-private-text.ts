import { createHash } from 'node:crypto';
import type { Response } from 'express';

/**
 * A text for one person. Express answers HEAD and `If-None-Match` from the tag, which is strong (RFC 9110, 8.8.3)
 * because nothing between us and the reader may keep the text or encode it anew.
 */
export function sendPrivateText(response: Response, type: string, body: string): void {
  response.set({
    'Cache-Control': 'private, no-cache, no-transform',
    'Content-Type': type,
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    'X-Robots-Tag': 'noindex',
  });
  response.send(body);
}
