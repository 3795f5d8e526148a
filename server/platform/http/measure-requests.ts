import type { RequestHandler } from 'express';
import { requestSeconds } from '../metrics/metrics.ts';

/** Counts answers by route pattern, so that a scan of random addresses cannot grow the metrics. */
export const measureRequests: RequestHandler = (request, response, next) => {
  const stop = requestSeconds.startTimer();
  response.on('finish', () => {
    const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
    const pattern = typeof route === 'string' ? request.baseUrl + route : 'other';
    stop({ route: pattern, status: `${Math.floor(response.statusCode / 100)}xx` });
  });
  next();
};
