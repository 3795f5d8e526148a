import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { sendProblem } from '../../http/send-problem.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { Recording, Recordings } from '../recording/recording.ts';
import type { Rendition } from '../rendition.ts';
import { typeOf } from '../storage/object-key.ts';
import type { Storage } from '../storage/open-storage.ts';
import { answerFile } from './answer-file.ts';
import { answerPlaylist } from './answer-playlist.ts';
import { keepRecordings, type ReadRecording } from './keep-recordings.ts';
import { limitFlood } from './limit-flood.ts';
import { readMediaAddress, type MediaAddress } from './media-address.ts';
import { multivariantOf } from './multivariant.ts';
import type { PathChecker } from './path-token.ts';

export interface OriginOptions {
  readonly checker: PathChecker;
  readonly now: () => number;
  readonly logger: Logger;
  /** A CDN in front checks the tokens; without one, what is kept is each viewer's own. */
  readonly isBehindCdn: boolean;
  readonly renditions: (streamId: string, runId: string) => readonly Rendition[] | null;
  readonly recordings: Pick<Recordings, 'readRecording' | 'pathOfFile'>;
  /** Where recordings are that are not on the local disk any more; null: nowhere. */
  readonly storage?: Pick<Storage, 'find' | 'open'> | null;
  readonly saw: (streamId: string, viewer: string) => void;
}

const lookEveryMs = 1_000;
/** Longer than any blocking answer of a run that is well. */
const mostWaitingMs = 15_000;
const refusals = {
  forged: 'This address does not open these pictures. Open the page of the event again.',
  expired: 'This address has run out. The page asks for a new one; if it does not, load it again.',
  revoked: 'You cannot watch this any more. Ask the organiser if you think that is wrong.',
};
const gone = 'Nothing is here, or not any more.';

/** Answers `/live/t/…`, in front of everything else: what thousands ask for each second. */
export function serveOrigin(
  options: OriginOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const flood = limitFlood(options.now);
  const readRecording = keepRecordings((range) => options.recordings.readRecording(range), options.now);
  return (request, response) => {
    response.on('error', () => undefined);
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendProblem(response, 405, 'bad-request', 'Pictures can only be read.', { Allow: 'GET, HEAD' });
    if (/\.\.|%|\/\/|\\/.test(path)) return sendProblem(response, 403, 'forbidden', refusals.forged);
    const address = readMediaAddress(path);
    if (!address) return sendProblem(response, 404, 'not-found', gone);
    const checked = options.checker.check(address.token, address.scope);
    if (!checked.ok) return sendProblem(response, 403, 'forbidden', refusals[checked.reason]);
    const leave = flood.enter(checked.viewer);
    if (!leave)
      return sendProblem(response, 503, 'unavailable', 'Too much at once from one viewer. Wait a second.', {
        'Retry-After': '1',
      });
    response.on('close', leave);
    if (!('range' in address)) options.saw(address.streamId, checked.viewer);
    answer(address, new URLSearchParams(query), request, response, { ...options, readRecording }).catch(
      (error: unknown) => {
        options.logger.error(
          { err: error, streamId: address.streamId, kind: address.kind },
          'a picture failed',
        );
        if (response.headersSent) response.destroy();
        else sendProblem(response, 500, 'internal', 'The fault is ours. Try again.');
      },
    );
  };
}

async function answer(
  address: MediaAddress,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  options: OriginOptions & { readonly readRecording: ReadRecording },
): Promise<void> {
  const share = options.isBehindCdn ? 'public' : 'private';
  const immutable = `${share}, max-age=31536000, immutable`;
  const notFound = () => sendProblem(response, 404, 'not-found', gone);
  const sendObject = (name: string, bytes: Buffer | null) => {
    if (!bytes) return notFound();
    response.writeHead(200, {
      'Content-Type': typeOf(name),
      'Content-Length': bytes.length,
      'Cache-Control': immutable,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };

  if ('range' in address) {
    if (address.kind === 'file') {
      cutWhenRevoked(address, response, options.checker);
      const path = options.recordings.pathOfFile(address.streamId, address.name);
      if (path === null) return notFound();
      const isPicture = address.name.endsWith('.jpg');
      return answerFile(request, response, {
        ...{ path, storage: options.storage ?? null },
        type: isPicture ? 'image/jpeg' : 'video/mp4',
        cacheControl: `${share}, max-age=86400`,
        ...(query.has('download') && { saveAs: isPicture ? 'picture.jpg' : 'recording.mp4' }),
      });
    }
    const recording = await options.recordings.readRecording({
      streamId: address.streamId,
      ...address.range,
    });
    if (address.kind === 'replay-object') {
      const { runId, rung, name } = address;
      const bytes = await recording.object(runId, rung, name);
      const path = bytes || !options.storage ? null : recording.pathOf(runId, rung, name);
      if (path === null) return sendObject(name, bytes);
      const file = { path, type: typeOf(name), cacheControl: immutable, storage: options.storage ?? null };
      return answerFile(request, response, file);
    }
    const text = replayText(address, recording);
    if (text === null) return notFound();
    return answerPlaylist(request, response, text, `${share}, max-age=${recording.isWhole ? 86_400 : 60}`);
  }

  const renditions = options.renditions(address.streamId, address.runId);
  if (!renditions) return notFound();
  const dvr = query.get('dvr') === '1';
  if (address.kind === 'multivariant') {
    const text = await firstText(() => multivariantOf(renditions, dvr), response);
    if (text !== null) return answerPlaylist(request, response, text, `${share}, max-age=1`);
    return sendProblem(response, 503, 'unavailable', 'The first picture is on its way.', {
      'Retry-After': '1',
    });
  }
  const rendition = renditions.find(({ name }) => name === address.rung);
  if (!rendition) return notFound();
  if (address.kind === 'object') return sendObject(address.name, await rendition.object(address.name));
  await answerLive(rendition, { query, dvr, share }, request, response);
}

/** A whole film is under way for as long as somebody likes to take it: it ends with the right. */
function cutWhenRevoked(
  { token, scope }: MediaAddress,
  response: ServerResponse,
  checker: PathChecker,
): void {
  const timer = setInterval(() => {
    const checked = checker.check(token, scope);
    if (!checked.ok && checked.reason === 'revoked') response.destroy();
  }, lookEveryMs).unref();
  response.on('close', () => clearInterval(timer));
}

const replayText = (address: MediaAddress, recording: Recording): string | null =>
  recording.rungs.length === 0
    ? null
    : address.kind === 'replay-playlist'
      ? recording.playlist(address.rung)
      : recording.multivariant();

async function answerLive(
  rendition: Rendition,
  { query, dvr, share }: { query: URLSearchParams; dvr: boolean; share: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [msn, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  const isNumber = (text: string | null) => text === null || /^\d{1,9}$/.test(text);
  if (!isNumber(msn) || !isNumber(part) || (msn === null && part !== null))
    return sendProblem(response, 400, 'bad-request', '_HLS_part is a number and comes with an _HLS_msn.');
  let seconds = 1;
  if (msn !== null) {
    const published = await Promise.race([
      rendition.whenPublished(Number(msn), part === null ? null : Number(part)),
      delay(mostWaitingMs, 'late' as const, { ref: false }),
    ]);
    if (published === 'too-far')
      return sendProblem(response, 400, 'bad-request', 'That segment is too far ahead of what is there.');
    if (published === 'published') seconds = 6;
  }
  if (response.destroyed) return;
  const skip = /^(YES|v2)$/.test(query.get('_HLS_skip') ?? '');
  answerPlaylist(request, response, rendition.playlist({ skip, dvr }), `${share}, max-age=${seconds}`);
}

/**
 * Who comes a moment before the first picture waits for it rather than being sent away: until the first segment is whole,
 * which an encoder whose key frames are rare makes long.
 */
async function firstText(read: () => string | null, response: ServerResponse): Promise<string | null> {
  for (let tries = 0; tries < 80; tries += 1) {
    const text = read();
    if (text !== null || response.destroyed) return text;
    await delay(100);
  }
  return null;
}
