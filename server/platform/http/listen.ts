import type { Server } from 'node:http';
import { limitBodies } from './limit-bodies.ts';

/** How long a stopping server waits for answers that have begun. */
const drainMs = 8_000;

/** Listens with limits on slow clients (ASVS 5.0, 13.1.3) and a backlog that a rush at ten o'clock fits in. */
export async function listen(
  server: Server,
  address: { readonly host: string; readonly port: number },
): Promise<{ port: number; stop(): Promise<void> }> {
  limitBodies(server);
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 65_000;
  let stopping = false;
  // A browser keeps its connection open; telling it to close lets a stop end with the last answer.
  server.prependListener('request', (_request, response) => {
    if (stopping) response.setHeader('Connection', 'close');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: address.port, host: address.host, backlog: 4096 }, resolve);
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        // A connection whose answer began before the stop turns idle later, and would be kept alive for a minute.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        const limit = setTimeout(() => server.closeAllConnections(), drainMs);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(limit);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
