import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../logging/create-logger.ts';
import { systemClock } from '../../time/clock.ts';
import type { Admit, PublishAnswer } from '../publishing.ts';
import { guardAddresses } from '../rtmp/guard-addresses.ts';
import { findUdpPort } from './find-udp-port.ts';
import { openWhipSession, type WhipSession, type WhipTimes } from './open-whip-session.ts';
import { readBody } from './read-body.ts';
import { readOffer } from './read-offer.ts';
import { sendProblem } from './send-problem.ts';

export interface WhipOptions {
  readonly admit: Admit;
  /** UDP of every session; 0: any that is free. */
  readonly udpPort: number;
  /** The IP address that the world reaches, when this machine does not have it itself. */
  readonly publicAddress: string | null;
  readonly logger: Logger;
  /** Who asks; usually what the proxy in front says. */
  readonly addressOf?: (request: IncomingMessage) => string;
  readonly limits?: Partial<
    WhipTimes & { readonly mostSessions: number; readonly mostWaitingPerAddress: number }
  >;
}

export interface WhipServer {
  /** null: the port is taken, and every publisher is told so. */
  readonly udpPort: number | null;
  /** True when the address is one of WHIP; it is answered then, whatever comes. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

const path = '/live/whip';
const mostBytes = 64 * 1_024;
const usual = { connectMs: 15_000, silentMs: 10_000, mostSessions: 200, mostWaitingPerAddress: 30 };
const refused: Readonly<Record<Extract<PublishAnswer, { ok: false }>['reason'], number>> = {
  refused: 403,
  busy: 409,
  'too-many': 429,
  unavailable: 503,
};
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Location',
  'Cache-Control': 'no-store',
};
const rememberedMs = 60_000;

interface Entry {
  readonly session: WhipSession;
  readonly bearer: Buffer;
}

/** Takes pictures in by WHIP (RFC 9725): `POST /live/whip` with a bearer key opens a session, `DELETE` of its address ends it. */
export async function serveWhip(options: WhipOptions): Promise<WhipServer> {
  const { admit, logger, publicAddress } = options;
  const limits = { ...usual, ...options.limits };
  const addressOf = options.addressOf ?? ((request) => request.socket.remoteAddress ?? '');
  const udpPort = await findUdpPort(options.udpPort);
  if (udpPort === null)
    logger.warn({ udpPort: options.udpPort }, 'the UDP port of WebRTC is taken; set WEBRTC_PORT to another');
  const guard = guardAddresses(limits.mostWaitingPerAddress, systemClock);
  const sessions = new Map<string, Entry>();
  /** Why sessions ended, for a publisher that asks afterwards. */
  const ended = new Map<string, { readonly why: string; readonly bearer: Buffer }>();

  async function publish(request: IncomingMessage, response: ServerResponse) {
    const credential = bearerOf(request);
    if (!credential)
      return sendProblem(response, 401, 'Send the stream key as a bearer token.', {
        'WWW-Authenticate': 'Bearer',
      });
    if (!/^application\/sdp\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return sendProblem(response, 415, 'Send the offer as application/sdp.', {
        'Accept-Post': 'application/sdp',
      });
    const body = await readBody(request, mostBytes);
    if (body === null) return void response.destroy();
    if (body === 'too-large')
      return sendProblem(response, 413, 'The offer is larger than 64 kB.', { Connection: 'close' });
    const offer = readOffer(body.text);
    if (!offer.ok) return sendProblem(response, offer.status, offer.message);
    if (udpPort === null || sessions.size >= limits.mostSessions)
      return sendProblem(response, 503, 'No more can be taken in here just now.', { 'Retry-After': '30' });

    const address = addressOf(request);
    if (!guard.enter(address))
      return sendProblem(response, 429, 'Too many connections are being opened from your network.', {
        'Retry-After': '15',
      });
    let isWaiting = true;
    const leave = () => {
      if (isWaiting) guard.leave(address);
      isWaiting = false;
    };
    try {
      await delay(guard.delayOf(address));
      await open(response, { credential, address, sdp: offer.sdp, udpPort, leave });
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function open(
    response: ServerResponse,
    asked: { credential: string; address: string; sdp: string; udpPort: number; leave: () => void },
  ) {
    const { credential, address, leave } = asked;
    let session: WhipSession | null = null;
    let cutBefore: string | null = null;
    const answer = await admit({
      kind: 'whip',
      credential,
      address,
      cut(why) {
        cutBefore = why;
        session?.end('lost', why);
      },
      requestKeyFrame: () => session?.requestKeyFrame(),
    });
    if (!answer.ok) {
      leave();
      if (answer.reason === 'refused') guard.failed(address);
      const retry: Record<string, string> = answer.reason === 'refused' ? {} : { 'Retry-After': '5' };
      return sendProblem(response, refused[answer.reason], answer.message, retry);
    }
    const { input } = answer;
    try {
      const opened = await openWhipSession(asked.sdp, input, {
        ...limits,
        udpPort: asked.udpPort,
        publicAddress,
        onConnect: leave,
        onEnd: (why) => {
          leave();
          remember(session?.id, why);
        },
      });
      session = opened;
      sessions.set(opened.id, { session: opened, bearer: digest(credential) });
      if (response.destroyed) return opened.end('lost', 'The publisher went before it was answered.');
      if (cutBefore !== null) {
        opened.end('lost', cutBefore);
        return sendProblem(response, 403, cutBefore);
      }
      response.writeHead(201, {
        ...cors,
        'Content-Type': 'application/sdp',
        Location: `${path}/${opened.id}`,
      });
      response.end(opened.answer);
    } catch (error) {
      leave();
      input.close('lost');
      logger.info({ err: error }, 'an offer could not be used');
      sendProblem(response, 400, 'The offer could not be used. Send the one your WebRTC library made.');
    }
  }

  function remember(id: string | undefined, why: string) {
    const entry = id === undefined ? undefined : sessions.get(id);
    if (id === undefined || !entry) return;
    sessions.delete(id);
    ended.set(id, { why, bearer: entry.bearer });
    setTimeout(() => ended.delete(id), rememberedMs).unref();
  }

  async function change(id: string, request: IncomingMessage, response: ServerResponse) {
    const bearer = digest(bearerOf(request) ?? '');
    const entry = sessions.get(id) ?? ended.get(id);
    if (!entry || !timingSafeEqual(entry.bearer, bearer))
      return sendProblem(response, 404, 'There is no such session.');
    if ('why' in entry) return sendProblem(response, 410, entry.why);
    if (request.method === 'DELETE') {
      entry.session.end('finished', 'You ended it.');
      return void response.writeHead(200, cors).end();
    }
    if (!/^application\/trickle-ice-sdpfrag\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return sendProblem(response, 415, 'Send addresses as application/trickle-ice-sdpfrag.', {
        'Accept-Patch': 'application/trickle-ice-sdpfrag',
      });
    const body = await readBody(request, mostBytes);
    if (body === null) return void response.destroy();
    if (body === 'too-large')
      return sendProblem(response, 413, 'That is larger than 64 kB.', { Connection: 'close' });
    entry.session.trickle(body.text.split(/\r?\n/));
    response.writeHead(204, cors).end();
  }

  async function route(id: string | undefined, request: IncomingMessage, response: ServerResponse) {
    const methods = id === undefined ? 'OPTIONS, POST' : 'OPTIONS, PATCH, DELETE';
    if (request.method === 'OPTIONS') {
      const allowed = {
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match',
        'Accept-Post': 'application/sdp',
        Allow: methods,
      };
      return void response.writeHead(204, { ...cors, ...allowed }).end();
    }
    if (!methods.split(', ').includes(request.method ?? ''))
      return sendProblem(response, 405, 'WHIP has no such request here.', { Allow: methods });
    return id === undefined ? publish(request, response) : change(id, request, response);
  }

  return {
    udpPort,
    handle(request, response) {
      const [asked = ''] = (request.url ?? '').split('?');
      const [, id] = /^\/live\/whip(?:\/([\w-]{1,64}))?\/?$/.exec(asked) ?? [];
      if (asked !== path && id === undefined) return false;
      response.on('error', () => undefined);
      route(id, request, response).catch((error: unknown) => {
        logger.error({ err: error }, 'a WHIP request failed');
        sendProblem(response, 503, 'That failed on our side. Try again.', { 'Retry-After': '5' });
      });
      return true;
    },
    close() {
      for (const { session } of [...sessions.values()])
        session.end('lost', 'The server stops. Try again in a minute.');
      return Promise.resolve();
    },
  };
}

const bearerOf = (request: IncomingMessage): string | null =>
  /^Bearer ([\x21-\x7e]{1,4000})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const delay = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
