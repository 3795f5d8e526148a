import type { IncomingMessage, Server } from 'node:http';

/** A form on the worst of lines; Node's own limit is one for all requests, and a film takes longer. */
const usualMs = 30_000;
/** A long upload may take hours, but never stands still for this long. */
const idleMs = 60_000;

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Ends requests whose body does not arrive in time (ASVS 5.0, 13.1.3), but for those let through by `allowLongBody`. */
export function limitBodies(server: Server, withinMs = usualMs): void {
  server.requestTimeout = 0;
  server.prependListener('request', (request, response) => {
    const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'];
    if (!hasBody) return;
    const end = () => {
      if (request.complete) return;
      const { socket } = request;
      if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      socket.destroySoon();
    };
    const timer = setTimeout(end, withinMs);
    timer.unref();
    timers.set(request, timer);
    const clear = () => clearTimeout(timer);
    request.once('end', clear);
    request.once('close', clear);
  });
}

/** For the upload of a large file by somebody who may: as long as it takes, as long as something comes. */
export function allowLongBody(request: IncomingMessage): void {
  clearTimeout(timers.get(request));
  timers.delete(request);
  request.setTimeout(idleMs, () => request.destroy());
}
