import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import {
  request as httpRequest,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/** Connections are named after the process that holds them, so that any process can find it. null without forks. */
export function connectionNames(): (() => string) | null {
  const own = cluster.worker?.id;
  return own === undefined ? null : () => `${own}.${randomBytes(15).toString('base64url')}`;
}

/** The process that holds the connection a request belongs to; null for pages, and for a connection that begins. */
export function ownerOf(url: string | undefined): number | null {
  const named = /^\/socket\.io\/\?(?:[^#]*&)?sid=(\d{1,9})\./.exec(url ?? '');
  return named ? Number(named[1]) : null;
}

/**
 * Long-polling is many requests, and the port gives each to any process: what belongs to a connection of another one
 * is passed on to it, over a socket of its own in `directory`. Call it when all listeners of `server` are there.
 */
export async function passOnToOwner(server: Server, directory: string): Promise<void> {
  const own = cluster.worker?.id ?? 0;
  const socketOf = (id: number) => join(directory, String(id));
  const inner = createServer();
  for (const name of ['request', 'upgrade'] as const) {
    const listeners = server.listeners(name) as ((...parts: unknown[]) => void)[];
    const serve = (...parts: unknown[]) => listeners.forEach((listener) => listener.apply(server, parts));
    inner.on(name, serve);
    server.removeAllListeners(name);
    server.on(name as 'upgrade', (...parts: [IncomingMessage, Duplex, Buffer]) => {
      const owner = ownerOf(parts[0].url);
      if (owner === null || owner === own) serve(...parts);
      else if (name === 'request')
        passRequest(socketOf(owner), parts[0], parts[1] as unknown as ServerResponse);
      else passUpgrade(socketOf(owner), ...parts);
    });
  }
  await new Promise<void>((resolve, reject) => {
    inner.once('error', reject);
    // Without `exclusive` the forks would share even this one.
    inner.listen({ path: socketOf(own), exclusive: true }, resolve);
  });
  inner.unref();
}

function passRequest(socketPath: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const onward = httpRequest({ socketPath, method, path: url, headers }, (answer) => {
    // These two are between two neighbours (RFC 9110, 7.6.1).
    const hop = new Set(['connection', 'keep-alive']);
    const given = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !hop.has(name)));
    response.writeHead(answer.statusCode ?? 502, given);
    answer.pipe(response);
  });
  // The owner is gone and the connection with it: by this answer the browser knows to begin anew.
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(400, { 'Content-Type': 'application/json' });
    response.end('{"code":1,"message":"Session ID unknown"}');
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function passUpgrade(socketPath: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const onward: Socket = connect(socketPath, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let index = 0; index < request.rawHeaders.length; index += 2)
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}
