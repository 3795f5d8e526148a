import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ProblemCode, ProblemDetails } from '../../contracts/problem.ts';
import { problemStatus } from './problem-status.ts';

/** Answers with problem details (RFC 9457) where no Express is; `detail` is a sentence a person can act on. */
export function sendProblem(
  response: ServerResponse,
  status: number,
  code: ProblemCode,
  detail: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const problem: ProblemDetails = {
    type: 'about:blank',
    title: problemStatus[code].title,
    status,
    detail,
    code,
  };
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
