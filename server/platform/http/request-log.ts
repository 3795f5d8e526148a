import type { RequestHandler } from 'express';
import type { Logger } from '../logging/create-logger.ts';
import { newId } from '../new-id.ts';
import './locals.ts';

/** Gives each request an id and logs its route pattern, never its address: paths can carry tokens. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.locals.requestId = newId();
    response.set('X-Request-Id', response.locals.requestId);
    response.on('close', () => {
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
      logger.debug(
        {
          requestId: response.locals.requestId,
          method: request.method,
          route: typeof route === 'string' ? request.baseUrl + route : null,
          status: response.writableFinished ? response.statusCode : 499,
          ms: Math.round(performance.now() - startedAt),
        },
        'request',
      );
    });
    next();
  };
}
