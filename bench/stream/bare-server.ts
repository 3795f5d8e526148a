// The yardstick: node:http and nothing else. It gets bodies by path and headers from its parent, and sends its port.
import { createServer } from 'node:http';

const bodies = new Map<string, { readonly headers: Record<string, string>; readonly body: Buffer }>();
const server = createServer((request, response) => {
  const known = bodies.get(request.url ?? '');
  response.writeHead(known ? 200 : 404, known?.headers).end(known?.body);
});
process.on('message', (message: { path: string; headers: Record<string, string>; body: string }) => {
  bodies.set(message.path, { headers: message.headers, body: Buffer.from(message.body, 'base64') });
  process.send?.({ has: message.path });
});
// A bench that failed leaves nothing running.
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
});
