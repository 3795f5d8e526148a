import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { fastAnswers } from '../metrics/metrics.ts';
import { newId } from '../new-id.ts';

interface Known {
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Whole public answers, given again in front of Express, which costs several times the answer itself. */
export interface FastLane {
  before(app: RequestListener): RequestListener;
  /** Runs before an answer is looked up, and may `clear` what is no longer true. */
  beforeEach(check: () => void): void;
  remember(request: IncomingMessage, response: ServerResponse, body: Buffer): void;
  clear(): void;
}

/** Query strings come from outside: they must not fill the memory. */
const mostKnown = 500;

/**
 * Answers only what Express would answer the same for anybody: a plain GET, without a cookie, a condition or a
 * range, for an address and an encoding that Express has answered since the last change. The headers are those it
 * sent, but for the request's own id.
 */
export function createFastLane(): FastLane {
  const known = new Map<string, Known>();
  let check = () => {};
  return {
    before: (app) => (request, response) => {
      const key = keyOf(request);
      if (key !== null) {
        check();
        const answer = known.get(key);
        if (answer) {
          fastAnswers.inc();
          response.writeHead(200, { ...answer.headers, 'x-request-id': newId() });
          response.end(answer.body);
          return;
        }
      }
      app(request, response);
    },
    beforeEach: (given) => (check = given),
    remember(request, response, body) {
      const key = keyOf(request);
      if (key === null || response.statusCode !== 200 || response.hasHeader('set-cookie')) return;
      if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '');
      known.set(key, { headers: { ...response.getHeaders() }, body });
    },
    clear: () => known.clear(),
  };
}

/** Address and encodings as asked, exactly: two spellings of one wish are two keys, never one wrong answer. */
function keyOf(request: IncomingMessage): string | null {
  const { headers } = request;
  if (request.method !== 'GET' || headers.cookie !== undefined) return null;
  if (headers['if-none-match'] !== undefined || headers.range !== undefined || headers.upgrade !== undefined)
    return null;
  return `${request.url} ${String(headers['accept-encoding'] ?? '')}`;
}
