import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '../logging/create-logger.ts';
import { clientAddress } from './client-address.ts';
import { sendProblem } from './send-problem.ts';

const prefix = '/live/';
/** A blocking playlist waits a few seconds; a WHIP answer as long as ICE needs. */
const silenceMs = 60_000;
/** Between two neighbours only (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
]);

/**
 * Gives what belongs to streaming to the media process, in front of everything else, and as it comes: a proxy that
 * does this itself saves a copy. Call it when all other listeners of `server` are there.
 */
export function passOnMedia(
  server: Server,
  options: { readonly url: string; readonly trustedProxies: number; readonly logger: Logger },
): {
  /** Ends what was upgraded, which a server that stops would wait for without end. */
  hangUp(): void;
  stop(): void;
} {
  const upgraded = new Set<Duplex>();
  const target = new URL(options.url);
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 256 });
  const onwardOptions = (request: IncomingMessage) => ({
    agent,
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    method: request.method,
    path: request.url,
    headers: headersOf(request, options.trustedProxies),
  });

  const passRequest = (request: IncomingMessage, response: ServerResponse) => {
    const onward = httpRequest(onwardOptions(request), (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
      answer.pipe(response);
      // Half an answer must not look like a whole one.
      answer.on('aborted', () => response.destroy());
      answer.on('error', () => response.destroy());
    });
    onward.setTimeout(silenceMs, () => onward.destroy(new Error('silent')));
    onward.on('error', () => {
      if (response.headersSent || response.destroyed) response.destroy();
      else sendProblem(response, 502, 'unavailable', mediaIsAway, { 'Retry-After': '2' });
    });
    request.on('error', () => onward.destroy());
    response.on('error', () => onward.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };

  const passUpgrade = (request: IncomingMessage, browser: Duplex, head: Buffer) => {
    const refuse = (line: string) =>
      browser.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const { host, port, method, path, headers } = onwardOptions(request);
    const onward = httpRequest({
      ...{ host, port, method, path },
      headers: { ...headers, connection: 'Upgrade', upgrade: request.headers.upgrade },
    });
    browser.on('error', () => onward.destroy());
    browser.on('close', () => onward.destroy());
    onward.setTimeout(silenceMs, () => onward.destroy(new Error('silent')));
    onward.on('error', () => refuse('502 Bad Gateway'));
    onward.on('response', (answer) => {
      answer.resume();
      refuse(`${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`);
    });
    onward.on('upgrade', (answer, media, first) => {
      media.setTimeout(0);
      upgraded.add(browser);
      browser.on('close', () => upgraded.delete(browser));
      const lines = [`HTTP/1.1 101 ${answer.statusMessage ?? ''}`];
      for (let at = 0; at < answer.rawHeaders.length; at += 2)
        lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
      browser.write(`${lines.join('\r\n')}\r\n\r\n`);
      if (first.length > 0) browser.write(first);
      if (head.length > 0) media.write(head);
      for (const [one, other] of [
        [browser, media],
        [media, browser],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    onward.end();
  };

  interpose(server, 'request', passRequest as (...parts: unknown[]) => void);
  interpose(server, 'upgrade', passUpgrade as (...parts: unknown[]) => void);
  return {
    hangUp() {
      for (const browser of upgraded) browser.destroy();
    },
    stop: () => agent.destroy(),
  };
}

const mediaIsAway = 'The pictures cannot be reached just now. They come back by themselves in a moment.';

function interpose(server: Server, name: 'request' | 'upgrade', pass: (...parts: unknown[]) => void): void {
  const listeners = server.listeners(name) as ((...parts: unknown[]) => void)[];
  server.removeAllListeners(name);
  server.on(name, (...parts: unknown[]) => {
    if ((parts[0] as IncomingMessage).url?.startsWith(prefix)) pass(...parts);
    else for (const listener of listeners) listener.apply(server, parts);
  });
}

function headersOf(request: IncomingMessage, trustedProxies: number) {
  const headers = withoutHops(request.headers);
  // One address, the one we believe: what a client wrote there itself goes no further.
  return { ...headers, 'x-forwarded-for': clientAddress(request, trustedProxies) };
}

const withoutHops = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && name !== 'upgrade'));
