import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { sendProblem } from '../../http/send-problem.ts';
import type { Logger } from '../../logging/create-logger.ts';
import { nameCaptions } from '../recording/caption-playlist.ts';
import type { Recording, Recordings } from '../recording/recording.ts';
import type { Rendition } from '../rendition.ts';
import { typeOf } from '../storage/object-key.ts';
import { StorageAway, type Storage } from '../storage/open-storage.ts';
import { answerFile } from './answer-file.ts';
import { answerPlaylist } from './answer-playlist.ts';
import { keepRecordings, type ReadRecording } from './keep-recordings.ts';
import { limitFlood } from './limit-flood.ts';
import { readLiveQuery } from './live-query.ts';
import { readMediaAddress, type MediaAddress, type ReplayTarget } from './media-address.ts';
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
const refusals = {
  forged: 'This address does not open these pictures. Open the page of the event again.',
  expired: 'This address has run out. The page asks for a new one; if it does not, load it again.',
  revoked: 'You cannot watch this any more. Ask the organiser if you think that is wrong.',
};
const away = 'The storage of recordings does not answer just now. Try again in a moment.';
const gone = 'Nothing is here, or not any more.';
const notFound = (response: ServerResponse) => sendProblem(response, 404, 'not-found', gone);

interface Origin extends OriginOptions {
  readonly readRecording: ReadRecording;
  readonly share: 'public' | 'private';
  /** What is said of media, which never changes. */
  readonly immutable: string;
}

/** Answers `/live/t/…`, in front of everything else: what thousands ask for each second. */
export function serveOrigin(
  options: OriginOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const flood = limitFlood(options.now);
  const share = options.isBehindCdn ? 'public' : 'private';
  const origin: Origin = {
    ...options,
    readRecording: keepRecordings((range) => options.recordings.readRecording(range), options.now),
    share,
    immutable: `${share}, max-age=31536000, immutable`,
  };
  return (request, response) => {
    response.on('error', () => undefined);
    const url = request.url ?? '';
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendProblem(response, 405, 'bad-request', 'Pictures can only be read.', { Allow: 'GET, HEAD' });
    const address = readMediaAddress(path);
    if (!address)
      return /\.\.|%|\/\/|\\/.test(path)
        ? sendProblem(response, 403, 'forbidden', refusals.forged)
        : notFound(response);
    const { token, target } = address;
    const checked = options.checker.check(token, target.scope);
    if (!checked.ok) return sendProblem(response, 403, 'forbidden', refusals[checked.reason]);
    const leave = flood.enter(checked.viewer);
    if (!leave)
      return sendProblem(response, 503, 'unavailable', 'Too much at once from one viewer. Wait a second.', {
        'Retry-After': '1',
      });
    response.on('close', leave);
    if (!('range' in target)) options.saw(target.streamId, checked.viewer);
    answer(address, end < 0 ? '' : url.slice(end + 1), request, response, origin).catch((error: unknown) => {
      if (error instanceof StorageAway)
        return sendProblem(response, 503, 'unavailable', away, { 'Retry-After': '5' });
      options.logger.error({ err: error, streamId: target.streamId, kind: target.kind }, 'a picture failed');
      if (response.headersSent) response.destroy();
      else sendProblem(response, 500, 'internal', 'The fault is ours. Try again.');
    });
  };
}

async function answer(
  address: MediaAddress,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
  origin: Origin,
): Promise<void> {
  const { target } = address;
  if ('range' in target) return answerReplay({ address, target }, query, request, response, origin);
  const renditions = origin.renditions(target.streamId, target.runId);
  if (!renditions) return notFound(response);
  if (target.kind === 'multivariant') {
    const dvr = new URLSearchParams(query).get('dvr') === '1';
    const text = await firstText(() => multivariantOf(renditions, dvr), response);
    if (text !== null) return answerPlaylist(request, response, text, `${origin.share}, max-age=1`);
    return sendProblem(response, 503, 'unavailable', 'The first picture is on its way.', {
      'Retry-After': '1',
    });
  }
  const rendition = renditions.find(({ name }) => name === target.rung);
  if (!rendition) return notFound(response);
  if (target.kind === 'object')
    sendObject(request, response, target.name, await rendition.object(target.name), origin);
  else await answerLive(rendition, query, request, response, origin);
}

function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  bytes: Buffer | null,
  { immutable }: Origin,
): void {
  if (!bytes) return notFound(response);
  response.writeHead(200, {
    'Content-Type': typeOf(name),
    'Content-Length': bytes.length,
    'Cache-Control': immutable,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

async function answerReplay(
  { address, target }: { readonly address: MediaAddress; readonly target: ReplayTarget },
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
  origin: Origin,
): Promise<void> {
  const { recordings, share, immutable, storage = null } = origin;
  if (target.kind === 'file') {
    cutWhenRevoked(address, response, origin.checker);
    const path = recordings.pathOfFile(target.streamId, target.name);
    if (path === null) return notFound(response);
    const isPicture = target.name.endsWith('.jpg');
    const isToSave = new URLSearchParams(query).has('download');
    return answerFile(request, response, {
      ...{ path, storage },
      type: isPicture ? 'image/jpeg' : 'video/mp4',
      cacheControl: `${share}, max-age=86400`,
      ...(isToSave && { saveAs: isPicture ? 'picture.jpg' : 'recording.mp4' }),
    });
  }
  const recording = await origin.readRecording({ streamId: target.streamId, ...target.range });
  if (target.kind === 'replay-object') {
    const { runId, rung, name } = target;
    const bytes = await recording.object(runId, rung, name);
    const path = bytes || !storage ? null : recording.pathOf(runId, rung, name);
    if (path === null) return sendObject(request, response, name, bytes, origin);
    return answerFile(request, response, { path, type: typeOf(name), cacheControl: immutable, storage });
  }
  const base = `/captions/t/${address.token}/${target.scope}`;
  const text = await replayText(target, recording, { base, lang: readCaptionQuery(query) });
  if (text === null) return notFound(response);
  // A list that holds a viewer's token is theirs.
  const isOwn = target.kind === 'replay-playlist' && target.rung === 'captions';
  const kept = `${isOwn ? 'private' : share}, max-age=${recording.isWhole && !isOwn ? 86_400 : 60}`;
  return answerPlaylist(request, response, text, kept);
}

/** A whole film is under way for as long as somebody likes to take it: it ends with the right. */
function cutWhenRevoked(
  { token, target: { scope } }: MediaAddress,
  response: ServerResponse,
  checker: PathChecker,
): void {
  const timer = setInterval(() => {
    const checked = checker.check(token, scope);
    if (!checked.ok && checked.reason === 'revoked') response.destroy();
  }, lookEveryMs).unref();
  response.on('close', () => clearInterval(timer));
}

async function replayText(
  target: ReplayTarget,
  recording: Recording,
  captions: { readonly base: string; readonly lang: string | null },
): Promise<string | null> {
  if (recording.rungs.length === 0) return null;
  if (target.kind !== 'replay-playlist') {
    const text = recording.multivariant();
    return captions.lang === null ? text : nameCaptions(text, captions.lang);
  }
  return target.rung === 'captions' ? recording.captions(captions.base) : recording.playlist(target.rung);
}

/** Whoever gives out the address knows whether there are captions, and in which language. */
const readCaptionQuery = (query: string): string | null =>
  /(?:^|&)captions=([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3})(?:&|$)/.exec(query)?.[1] ?? null;

async function answerLive(
  rendition: Rendition,
  queryText: string,
  request: IncomingMessage,
  response: ServerResponse,
  { share }: Origin,
): Promise<void> {
  const query = readLiveQuery(queryText);
  if (!query)
    return sendProblem(response, 400, 'bad-request', '_HLS_part is a number and comes with an _HLS_msn.');
  const published = query.msn === null ? 'now' : await rendition.whenPublished(query.msn, query.part);
  if (published === 'too-far')
    return sendProblem(response, 400, 'bad-request', 'That segment is too far ahead of what is there.');
  if (response.destroyed) return;
  const kept = `${share}, max-age=${published === 'published' ? 6 : 1}`;
  answerPlaylist(request, response, rendition.playlist(query), kept);
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
