import type { ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The policy of the whole site: scripts, styles, fonts and sockets of our own origin only, nothing inline, no
 * frames around us. Without nonces pages can be cached.
 */
export function securityHeaders(publicUrl: string) {
  const isHttps = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** Who may bring a picture into a page that shows one from elsewhere. */
export type PictureOrigin = 'youtube' | 'vimeo' | 'hls';

const sourcesOf: Readonly<Record<PictureOrigin, Readonly<Record<string, string>>>> = {
  youtube: { 'frame-src': 'https://www.youtube-nocookie.com' },
  vimeo: { 'frame-src': 'https://player.vimeo.com' },
  // The list names its pieces, and they may lie on any host: each event's list was entered by its organiser.
  hls: { 'connect-src': 'https:', 'media-src': 'https:' },
};

/** Widens the policy of one answer, and of no other page, by what its pictures from elsewhere need. */
export function allowPictures(response: ServerResponse, origins: Iterable<PictureOrigin>): void {
  let policy = String(response.getHeader('Content-Security-Policy') ?? '');
  for (const origin of new Set(origins))
    for (const [directive, source] of Object.entries(sourcesOf[origin]))
      policy = policy.replace(new RegExp(`(^|;)(\\s*${directive} [^;]*)`), `$1$2 ${source}`);
  response.setHeader('Content-Security-Policy', policy);
}
