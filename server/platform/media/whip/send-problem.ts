import type { ServerResponse } from 'node:http';

const titles: Readonly<Record<number, string>> = {
  400: 'Not readable',
  401: 'No key',
  403: 'Not let in',
  404: 'Not found',
  405: 'Not possible here',
  406: 'Not a format that is taken',
  409: 'Somebody else publishes here',
  410: 'Over',
  413: 'Too large',
  415: 'Not the right type',
  422: 'Not possible',
  429: 'Too many',
  503: 'Not available just now',
};

/** Problem details, RFC 9457. `detail` is shown to whoever set the encoder up. */
export function sendProblem(
  response: ServerResponse,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Refused', status, detail });
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
    ...headers,
  });
  response.end(body);
}
