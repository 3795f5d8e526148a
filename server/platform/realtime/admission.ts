import type { IncomingMessage, ServerResponse } from 'node:http';

/** Handshakes begun in one turn of the event loop: a rush then waits its turn, and pages are answered between. */
const perTurn = 12;
/** About two seconds of work. Whoever comes on top is told to come back, before any work is done for them. */
const mostWaiting = 2_000;

/** Runs `admit` now or in a later turn; false, and nothing is run, when too many wait already. */
export function createAdmission(): (admit: () => void) => boolean {
  const waiting: (() => void)[] = [];
  let begun = 0;
  let turnPlanned = false;
  const planTurn = () => {
    if (turnPlanned) return;
    turnPlanned = true;
    setImmediate(() => {
      turnPlanned = false;
      begun = 0;
      for (const admit of waiting.splice(0, perTurn)) {
        begun += 1;
        admit();
      }
      if (begun > 0) planTurn();
    });
  };
  return (admit) => {
    if (waiting.length >= mostWaiting) return false;
    planTurn();
    if (begun >= perTurn || waiting.length > 0) waiting.push(admit);
    else {
      begun += 1;
      admit();
    }
    return true;
  };
}

/** Nobody listens to a connection whose upgrade waits, and an error that nobody listens to ends the process. */
export function bearErrors({ socket: connection }: IncomingMessage): void {
  connection.on('error', () => undefined);
}

/** 503 to a handshake, by polling or as an upgrade. Browsers' clients back off by themselves. */
export function refuseForNow(request: IncomingMessage): void {
  const response = Reflect.get(request, 'res') as ServerResponse | undefined;
  const headers = { 'Retry-After': '3', 'Content-Length': '0', Connection: 'close' };
  if (response instanceof Object && typeof response.writeHead === 'function' && !request.headers.upgrade)
    return void response.writeHead(503, headers).end();
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const { socket: connection } = request;
  connection.end(`HTTP/1.1 503 Service Unavailable\r\n${lines.join('\r\n')}\r\n\r\n`);
  connection.destroySoon();
}
