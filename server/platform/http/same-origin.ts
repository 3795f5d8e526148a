import type { RequestHandler } from 'express';
import { AppError } from '../../contracts/problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when the request was made by a page of `publicUrl`: Sec-Fetch-Site, or Origin where a browser lacks it. */
export function isSameOrigin(
  headers: Record<string, string | string[] | undefined>,
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === new URL(publicUrl).origin;
}

/**
 * Refuses unsafe requests that another site, or no site, made (cross-site request forgery; the design of Go
 * 1.25's CrossOriginProtection). Mount it after signed webhooks and bearer keys, which carry their own proof.
 */
export function requireSameOrigin(publicUrl: string): RequestHandler {
  return (request, _response, next) => {
    if (safeMethods.has(request.method) || isSameOrigin(request.headers, publicUrl)) next();
    else next(new AppError('cross-site', 'Open the page on this site and send the form again from there.'));
  };
}
