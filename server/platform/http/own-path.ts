const refused = /[\\\p{Cc}\p{Cs}]|\/\//u;

/**
 * The path on this site that `next` names, or null for anything a browser could take for another site:
 * backslashes, `//`, control characters, schemes. What is returned is safe for a `Location` header.
 */
export function ownPath(next: unknown, publicUrl: string): string | null {
  if (typeof next !== 'string' || next.length > 1_000) return null;
  if (!next.startsWith('/') || refused.test(next) || !URL.canParse(next, publicUrl)) return null;
  const url = new URL(next, publicUrl);
  const path = url.pathname + url.search + url.hash;
  // Dot segments are gone now: `/.//evil.example` would have become `//evil.example`.
  return url.origin === new URL(publicUrl).origin && !path.startsWith('//') ? path : null;
}
