import type { Response } from 'express';

// Under https the `__Host-` prefix makes browsers refuse a cookie that a neighbouring subdomain planted.
const nameOf = (base: string, publicUrl: string) =>
  publicUrl.startsWith('https:') ? `__Host-${base}` : base;

const attributesFor = (publicUrl: string) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: publicUrl.startsWith('https:') }) as const;

/** The value of one of our cookies in a `Cookie` header, or null. Of two with one name the first counts. */
export function readCookie(header: string | undefined, base: string, publicUrl: string): string | null {
  const name = nameOf(base, publicUrl);
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}

/** Sets an HttpOnly, SameSite=Lax cookie for the whole site; Secure when `publicUrl` is https. */
export function setCookie(
  response: Response,
  base: string,
  value: string,
  options: { readonly publicUrl: string; readonly maxAgeInSeconds: number },
): void {
  response.cookie(nameOf(base, options.publicUrl), value, {
    ...attributesFor(options.publicUrl),
    maxAge: options.maxAgeInSeconds * 1000,
  });
}

export function clearCookie(response: Response, base: string, publicUrl: string): void {
  response.cookie(nameOf(base, publicUrl), '', { ...attributesFor(publicUrl), maxAge: 0 });
}
