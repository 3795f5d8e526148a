import type { IncomingMessage } from 'node:http';

/** Who asks, as far as that may be believed: each trusted proxy in front has added one address at the end. */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const own = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return own;
  const told = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return told.at(-trustedProxies) ?? told[0] ?? own;
}
