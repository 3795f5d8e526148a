import { timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../../secrets/secret-box.ts';

/** What a path token opens, for whom and until when. */
export interface PathPass {
  /** `<streamId>` of a live stream; `<streamId>~<from>~<to>` of a replay, both ms since 1970 in base 36. */
  readonly scope: string;
  /** An opaque tag of the person: 1 to 64 characters of `A-Z a-z 0-9 _ -`. Who loses the right is revoked by it. */
  readonly viewer: string;
  /** ms since 1970; whole seconds count. */
  readonly expiresAt: number;
}

const shape = /^([0-9a-z]{1,9})\.([\w-]{1,64})\.([\w-]{22})$/;
const signatureLength = 22;

const signatureOf = (secrets: SecretBox, scope: string, expires: string, viewer: string) =>
  secrets.sign('media-path', `v1|${scope}|${expires}|${viewer}`).slice(0, signatureLength);

/** `<expiry in seconds, base 36>.<viewer>.<signature>`. It stands in the path, so that relative addresses inherit it. */
export function makePathToken(secrets: SecretBox, pass: PathPass): string {
  if (!/^[\w-]{1,64}$/.test(pass.viewer)) throw new Error('A viewer tag holds letters, digits, _ and - only');
  const expires = Math.floor(pass.expiresAt / 1_000).toString(36);
  return `${expires}.${pass.viewer}.${signatureOf(secrets, pass.scope, expires, pass.viewer)}`;
}

/** Where the holder of a new token finds the pictures of its scope: `/live/t/<token>/<scope>/`. */
export const makeWatchPath = (secrets: SecretBox, pass: PathPass): string =>
  `/live/t/${makePathToken(secrets, pass)}/${pass.scope}/`;

/** The scope of a replay: what a stream showed between two instants, ms since 1970. */
export const replayScope = (streamId: string, from: number, to: number): string =>
  `${streamId}~${Math.floor(from).toString(36)}~${Math.floor(to).toString(36)}`;

export type PathCheck =
  | { readonly ok: true; readonly viewer: string }
  | { readonly ok: false; readonly reason: 'forged' | 'expired' | 'revoked' };

export interface PathChecker {
  readonly check: (token: string, scope: string) => PathCheck;
  /** These viewers get nothing more before `until` (ms since 1970), when their tokens have run out. */
  readonly revoke: (viewers: readonly string[], until: number) => void;
}

/** Tokens once found good are remembered: a signature costs a tenth of what serving a segment does. */
const mostRemembered = 20_000;

/** Checks path tokens, as many as a few thousand viewers send each second. */
export function createPathChecker(secrets: SecretBox, now: () => number): PathChecker {
  const remembered = new Map<string, { readonly viewer: string; readonly expiresAt: number }>();
  const revoked = new Map<string, number>();
  const find = (token: string, scope: string) => {
    const key = `${token}/${scope}`;
    const known = remembered.get(key);
    if (known) return known;
    const [, expires = '', viewer = '', given = ''] = shape.exec(token) ?? [];
    if (!expires) return null;
    const expected = signatureOf(secrets, scope, expires, viewer);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return null;
    const found = { viewer, expiresAt: parseInt(expires, 36) * 1_000 };
    // Oldest first: a viewer's token lives ten minutes, so nearly all that go have run out.
    const oldest = remembered.size >= mostRemembered ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, found);
    return found;
  };
  return {
    check(token, scope) {
      const found = find(token, scope);
      if (!found) return { ok: false, reason: 'forged' };
      if (found.expiresAt <= now()) {
        remembered.delete(`${token}/${scope}`);
        return { ok: false, reason: 'expired' };
      }
      if ((revoked.get(found.viewer) ?? 0) > now()) return { ok: false, reason: 'revoked' };
      return { ok: true, viewer: found.viewer };
    },
    revoke(viewers, until) {
      for (const [viewer, end] of revoked) if (end <= now()) revoked.delete(viewer);
      for (const viewer of viewers) revoked.set(viewer, Math.max(until, revoked.get(viewer) ?? 0));
    },
  };
}
