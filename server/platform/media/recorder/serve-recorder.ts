import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Logger } from '../../logging/create-logger.ts';
import { systemClock } from '../../time/clock.ts';
import type { Admit, OpenInput, PublishAnswer } from '../publishing.ts';
import { guardAddresses } from '../rtmp/guard-addresses.ts';
import { demuxRecording } from './demux-recording.ts';
import { keepPace } from './keep-pace.ts';
import { RecordingFault } from './split-boxes.ts';

export interface RecorderOptions {
  readonly admit: Admit;
  readonly logger: Logger;
  readonly addressOf?: (request: IncomingMessage) => string;
  readonly limits?: Partial<typeof usual>;
}

export interface RecorderServer {
  /** True when the address is the recorder's; the connection is taken over then. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}

const usual = {
  /** A second of 6 Mb/s is 750 kB. */
  mostMessageBytes: 4 * 2 ** 20,
  mostConnections: 200,
  mostWaitingPerAddress: 30,
  /** A browser sends a slice whenever its recorder has one, at the latest with each key frame. */
  silentMs: 15_000,
};
/** RFC 6455, section 7.4, and our own from 4400 on, after HTTP. */
const codes = {
  finished: 1000,
  unsupported: 1003,
  policy: 1008,
  later: 1013,
  cut: 4410,
  silent: 4408,
} as const;
const refused: Readonly<Record<Extract<PublishAnswer, { ok: false }>['reason'], number>> = {
  refused: 4403,
  busy: 4409,
  'too-many': 4429,
  unavailable: codes.later,
};

/**
 * Takes in what a page records, over the page's own port: for networks that let nothing else through. Whoever connects to
 * `/live/recorder?ticket=…` is told `{"type":"ready"}`, sends slices of MP4 as binary messages and at the end the text `finish`.
 */
export function serveRecorder(options: RecorderOptions): RecorderServer {
  const { admit, logger } = options;
  const limits = { ...usual, ...options.limits };
  const addressOf = options.addressOf ?? ((request) => request.socket.remoteAddress ?? '');
  const guard = guardAddresses(limits.mostWaitingPerAddress, systemClock);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.mostMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  server.on('error', (err) => logger.error({ err }, 'the recorder has a fault'));

  async function take(line: WebSocket, request: IncomingMessage) {
    const address = addressOf(request);
    const credential = new URL(request.url ?? '', 'http://here').searchParams.get('ticket') ?? '';
    line.on('error', () => line.terminate());
    if (!credential || credential.length > 4_000) return close(line, codes.policy, 'The ticket is missing.');
    if (server.clients.size > limits.mostConnections || !guard.enter(address))
      return close(line, codes.later, 'Too many are connecting just now. Try again in a minute.');
    // Nothing is read before we know who it is.
    line.pause();
    let answer: PublishAnswer;
    try {
      await delay(guard.delayOf(address));
      const cut = (why: string) => close(line, codes.cut, why);
      answer = await admit({ kind: 'recorder', credential, address, cut });
    } finally {
      guard.leave(address);
      line.resume();
    }
    if (answer.ok) return receive(line, answer.input);
    if (answer.reason === 'refused') guard.failed(address);
    close(line, refused[answer.reason], answer.message);
  }

  function receive(line: WebSocket, input: OpenInput) {
    let how: 'finished' | 'lost' = 'lost';
    let lastHeard = performance.now();
    const pace = keepPace();
    const demux = demuxRecording({
      track(track) {
        pace.restart();
        input.track(track);
      },
      dropped: (units) => input.dropped(units),
      unit(unit) {
        pace.note(unit, lastHeard);
        input.unit(unit);
      },
    });
    const watch = setInterval(
      () => {
        if (performance.now() - lastHeard > limits.silentMs)
          close(line, codes.silent, 'Nothing came any more.');
        else if (line.readyState === line.OPEN) line.ping();
      },
      Math.min(5_000, limits.silentMs / 2),
    );
    watch.unref();
    line.on('close', () => {
      clearInterval(watch);
      input.close(how);
    });
    line.on('message', (message, isBinary) => {
      if (line.readyState !== line.OPEN) return;
      lastHeard = performance.now();
      if (!isBinary) {
        if (textOf(message) !== 'finish')
          return close(line, codes.policy, 'Only “finish” may be sent as text.');
        how = 'finished';
        return close(line, codes.finished, 'Finished.');
      }
      try {
        demux(bytesOf(message));
        const fault = pace.fault();
        if (fault) close(line, codes.policy, fault);
      } catch (error) {
        if (!(error instanceof RecordingFault)) logger.error({ err: error }, 'a recording could not be read');
        const why = error instanceof RecordingFault ? error.message : 'The recording cannot be read.';
        close(line, codes.unsupported, why);
      }
    });
    // It may have gone while we asked who it is.
    if (line.readyState !== line.OPEN) {
      clearInterval(watch);
      return input.close('lost');
    }
    line.send('{"type":"ready"}');
  }

  return {
    upgrade(request, connection, head) {
      if ((request.url ?? '').split('?')[0] !== '/live/recorder') return false;
      connection.on('error', () => connection.destroy());
      server.handleUpgrade(request, connection, head, (line) => {
        take(line, request).catch((error: unknown) => {
          logger.error({ err: error }, 'a recorder could not be let in');
          close(line, codes.later, 'That failed on our side. Try again.');
        });
      });
      return true;
    },
    close: () =>
      new Promise((resolve) => {
        for (const line of server.clients) close(line, 1001, 'The server stops. Try again in a minute.');
        server.close(() => resolve());
      }),
  };
}

/** A reason has at most 123 bytes (RFC 6455, section 5.5). Who does not answer the goodbye is cut off. */
function close(line: WebSocket, code: number, why: string): void {
  if (line.readyState === line.CLOSED || line.readyState === line.CLOSING) return;
  let reason = why;
  while (Buffer.byteLength(reason) > 123) reason = reason.slice(0, -1);
  line.close(code, reason);
  setTimeout(() => line.terminate(), 2_000).unref();
}

const bytesOf = (message: RawData): Buffer =>
  Buffer.isBuffer(message) ? message : Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message);

const textOf = (message: RawData): string => bytesOf(message).toString('utf8', 0, 20);

const delay = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
