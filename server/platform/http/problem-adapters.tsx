import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError, notFound, type ProblemCode, type ProblemDetails } from '../../contracts/problem.ts';
import { ProblemPage } from '../../../client/pages/problems/problem.tsx';
import type { Logger } from '../logging/create-logger.ts';
import { problemStatus } from './problem-status.ts';
import { sendPage } from './render-page.tsx';

/** Answers everything no router took. */
export const answerNotFound: RequestHandler = (_request, _response, next) => next(notFound('that page'));

/** The last middleware: every thrown error becomes a page, or RFC 9457 problem details for who asked for JSON. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    const problem = asAppError(error);
    if (problem.code === 'internal')
      logger.error({ err: error, requestId: response.locals.requestId }, 'request failed');
    if (response.headersSent) return next(error);
    const { retryAfterSeconds } = problem.details;
    if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
    response.set('Cache-Control', 'no-store');
    if (wantsJson(request)) sendProblemDetails(response, problem);
    else if (leadsToSignIn(request, problem)) response.redirect(303, signInPath(request));
    else sendProblemPage(response, problem);
  };
}

function sendProblemPage(response: Response, problem: AppError): void {
  const { status } = problemStatus[problem.code];
  const { requestId } = response.locals;
  sendPage(response, <ProblemPage status={status} detail={problem.message} requestId={requestId} />, status);
}

function sendProblemDetails(response: Response, problem: AppError): void {
  const { status, title } = problemStatus[problem.code];
  const details: ProblemDetails = {
    type: 'about:blank',
    title,
    status,
    detail: problem.message,
    code: problem.code,
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(details));
}

/** A page that needs a sign-in leads there and back; a form that was posted keeps its status instead. */
const leadsToSignIn = (request: Request, problem: AppError) =>
  problem.code === 'not-signed-in' && (request.method === 'GET' || request.method === 'HEAD');

const signInPath = (request: Request) => `/sign-in?next=${encodeURIComponent(request.originalUrl)}`;

function wantsJson(request: Request): boolean {
  return /^\/(api|webhooks|internal)\//.test(request.path) || request.accepts(['html', 'json']) === 'json';
}

/** Express and its parsers throw errors with a status; everything else unknown is our own fault. */
function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  const known: Partial<Record<number, [ProblemCode, string]>> = {
    400: [
      'bad-request',
      'The request was not in a form we can read. Go back, reload the page and try again.',
    ],
    404: ['not-found', 'We could not find that page.'],
    413: ['too-large', 'What you sent is larger than we accept. Shorten it and try again.'],
    415: ['unsupported-type', 'Send the form from its page, in the usual way.'],
  };
  const [code, message] = (typeof status === 'number' && known[status]) || [
    'internal' as const,
    'The fault is ours and has been recorded. Nothing you did before is lost. Try again in a minute.',
  ];
  return new AppError(code, message, { cause: error });
}
