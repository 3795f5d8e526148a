import express, { Router, type Request } from 'express';
import { longestCaption, postedCaptions, type PostedCaptions } from '../contracts/caption.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { createRateLimit, limitByNetwork } from '../platform/http/rate-limits.ts';
import { getCaptioner } from './caption.queries.ts';
import { linesToCaptions } from './caption.rules.ts';
import { writeCaptions } from './write-captions.ts';

const path = '/api/v1/captions';
const largestBody = '64kb';

/**
 * Captions from programs: a speech recogniser, a captioner's own software. The bearer token is that of a captioner's
 * link and says which stage of which event. Mounted before the rules for forms: programs have no origin.
 */
export function captionApi(deps: Deps): Router {
  const router = Router();
  const limit = createRateLimit({ tries: 240, seconds: 60, what: 'captions from this link' });
  router.post(
    path,
    limitByNetwork({ tries: 3_000, seconds: 60 }),
    (request, _response, next) => next(tokenOf(request) ? undefined : notAllowed()),
    express.json({ limit: largestBody }),
    express.text({ type: 'text/plain', limit: largestBody }),
    async (request, response) => {
      const token = tokenOf(request) ?? '';
      const captioner = await getCaptioner(token).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'not-found' ? notAllowed() : error;
      });
      await limit.spend(captioner.link._id);
      const result = await writeCaptions(captioner, readBody(request), deps);
      if (!result.ok) throw new AppError('invalid', `captions/${result.index}: ${result.message}.`);
      response.status(201).set('Cache-Control', 'no-store');
      response.json({
        captions: result.captions.map(({ _id, from, to, text }) => ({
          id: _id,
          from: from.getTime(),
          to: to.getTime(),
          text,
        })),
      });
    },
  );
  return router;
}

const tokenOf = (request: Request) =>
  /^Bearer ([\w-]{20,100})$/i.exec(request.get('authorization') ?? '')?.[1];

const notAllowed = () =>
  new AppError('not-signed-in', 'Send the token of a captioner’s link as Authorization: Bearer.');

function readBody(request: Request): PostedCaptions {
  const body: unknown = request.body;
  if (typeof body !== 'string' && !request.is('application/json'))
    throw new AppError('unsupported-type', 'Send application/json, or text/plain with a caption a line.');
  const posted =
    typeof body === 'string'
      ? { captions: linesToCaptions(body, longestCaption).map((text) => ({ text })) }
      : body;
  const read = postedCaptions.safeParse(posted);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AppError(
    'invalid',
    `${issue?.path.join('/') || 'body'}: ${issue?.message ?? 'not of this form'}.`,
  );
}
