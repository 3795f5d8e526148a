import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { FastLane } from './fast-lane.ts';

/** One answer that is the same for everybody who is not signed in. */
export interface Answer {
  readonly type: string;
  readonly body: string;
}

interface Kept {
  readonly type: string;
  readonly tag: string;
  readonly identity: Buffer;
  readonly encoded: Map<'br' | 'gzip', Promise<Buffer>>;
}

export interface KeptAnswers {
  /** Sends what is kept under `key`, or makes it first; a HEAD or a conditional request gets what it asks for. */
  send(
    request: Request,
    response: Response,
    key: string,
    make: (minute: Date) => Promise<Answer>,
  ): Promise<void>;
}

/** Random addresses must not fill the memory. */
const mostAnswers = 500;

/**
 * Keeps rendered answers as long as they are true, and no longer. An answer depends on the documents it was made
 * from and on the minute, so everything is dropped when `changesSoFar` moves or the clock reaches the next
 * minute. `changesSoFar` is read before the documents are: an answer made while something changed is kept under
 * the old number and never shown again. Where other processes write too, nothing is kept longer than `othersMs`.
 */
export function createKeptAnswers(options: {
  readonly now: () => Date;
  readonly changesSoFar: () => number;
  readonly othersMs: number | null;
  /** Is told each whole answer, to give it again without Express; and forgets them when they may be wrong. */
  readonly fastLane: FastLane;
}): KeptAnswers {
  let period = '';
  let answers = new Map<string, Promise<Kept>>();

  const currentPeriod = (now: number) => {
    const lease = options.othersMs === null ? '' : Math.floor(now / options.othersMs);
    return `${options.changesSoFar()} ${Math.floor(now / 60_000)} ${lease}`;
  };

  const forgetWhatMayBeWrong = (now: number) => {
    const current = currentPeriod(now);
    if (current === period) return;
    period = current;
    answers = new Map();
    options.fastLane.clear();
  };
  options.fastLane.beforeEach(() => forgetWhatMayBeWrong(options.now().getTime()));

  return {
    async send(request, response, key, make) {
      const now = options.now().getTime();
      forgetWhatMayBeWrong(now);
      let answer = answers.get(key);
      if (!answer) {
        const kept = answers;
        if (kept.size >= mostAnswers) kept.delete(kept.keys().next().value ?? '');
        answer = make(new Date(Math.floor(now / 60_000) * 60_000)).then(keep);
        kept.set(key, answer);
        answer.catch(() => kept.delete(key));
      }
      const madeIn = period;
      const body = await sendKept(request, response, await answer);
      if (body && madeIn === period) options.fastLane.remember(request, response, body);
    },
  };
}

function keep({ type, body }: Answer): Kept {
  const identity = Buffer.from(body);
  const tag = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return { type, tag, identity, encoded: new Map() };
}

/** The body that was sent whole, or null. */
async function sendKept(request: Request, response: Response, kept: Kept): Promise<Buffer | null> {
  const accepted = request.acceptsEncodings('br', 'gzip', 'identity');
  const coding = accepted === 'br' || accepted === 'gzip' ? accepted : null;
  response.set({
    'Cache-Control': 'public, max-age=0, must-revalidate',
    // Each encoding is other bytes, so each has a strong tag of its own (RFC 9110, 8.8.3).
    ETag: `"${kept.tag}${coding ? `-${coding}` : ''}"`,
    'Content-Type': kept.type,
  });
  response.vary('Accept-Encoding');
  if (isKnownTo(request, kept.tag)) {
    response.status(304).end();
    return null;
  }
  const body = coding ? await encode(kept, coding) : kept.identity;
  if (coding) response.set('Content-Encoding', coding);
  response.set('Content-Length', String(body.length));
  if (request.method === 'HEAD') {
    response.end();
    return null;
  }
  response.end(body);
  return body;
}

function isKnownTo(request: Request, tag: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  const known = header.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
  return known.some((entry) => entry === '*' || /^"([\w-]{22})(?:-br|-gzip)?"$/.exec(entry)?.[1] === tag);
}

function encode(kept: Kept, coding: 'br' | 'gzip'): Promise<Buffer> {
  let encoded = kept.encoded.get(coding);
  if (!encoded) {
    encoded =
      coding === 'gzip'
        ? promisify(gzip)(kept.identity)
        : promisify(brotliCompress)(kept.identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    kept.encoded.set(coding, encoded);
  }
  return encoded;
}
