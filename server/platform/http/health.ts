import { createServer, type Server } from 'node:http';
import { metrics } from '../metrics/metrics.ts';

/** Ready means: the database answers, migrations are done and nobody asked us to stop. */
export interface Readiness {
  isReady(): Promise<boolean>;
  /** Of this process alone when absent. */
  readMetrics?(): Promise<string>;
}

/** `/healthz`, `/readyz` and `/metrics` on a port of their own, on loopback. Resolves to the port in use. */
export async function startAdminServer(
  port: number,
  readiness: Readiness,
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', readiness).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

async function answer(
  path: string,
  readiness: Readiness,
): Promise<{ status: number; type: string; body: string }> {
  if (path === '/metrics') {
    const body = await (readiness.readMetrics?.() ?? metrics.metrics());
    return { status: 200, type: metrics.contentType, body };
  }
  if (path === '/healthz') return { status: 200, type: 'text/plain', body: 'ok\n' };
  if (path !== '/readyz') return { status: 404, type: 'text/plain', body: 'not found\n' };
  const isReady = await readiness.isReady();
  return { status: isReady ? 200 : 503, type: 'text/plain', body: isReady ? 'ready\n' : 'not ready\n' };
}
