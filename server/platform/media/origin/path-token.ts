import { timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../../secrets/secret-box.ts';

/** What a path token opens, for whom and until when. */
export interface PathPass {
  /** `<streamId>` of a live stream; of a replay what `replayScope` makes. */
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

/** What else the path of a replay is bound to. */
export interface ReplayPass {
  /** An opaque tag of the replay, shaped like a viewer's: when it is taken back, every path with this tag is revoked. */
  readonly tag: string;
  /** The one file that may be fetched besides; null: none. */
  readonly fileId: string | null;
}

/**
 * The scope of a replay: what a stream showed between two instants, ms since 1970. `<streamId>~<from>~<to>~<tag>~<fileId>`,
 * the instants in base 36, what follows them as far as there is any.
 */
export const replayScope = (streamId: string, from: number, to: number, pass?: ReplayPass): string =>
  [
    streamId,
    ...[from, to].map((at) => Math.floor(at).toString(36)),
    ...(pass ? [pass.tag] : []),
    ...(pass?.fileId ? [pass.fileId] : []),
  ].join('~');

export type PathCheck =
  | { readonly ok: true; readonly viewer: string }
  | { readonly ok: false; readonly reason: 'forged' | 'expired' | 'revoked' };

export interface PathChecker {
  readonly check: (token: string, scope: string) => PathCheck;
  /** Paths with these tags, of viewers or of replays, open nothing before `until` (ms since 1970), when they have run out. */
  readonly revoke: (tags: readonly string[], until: number) => void;
}

/** Tokens once found good are remembered: a signature costs a tenth of what serving a segment does. */
const mostRemembered = 20_000;

/** By its signature a token opens one scope, so it is found by itself. */
interface Remembered {
  readonly scope: string;
  readonly replayTag: string;
  readonly pass: { readonly ok: true; readonly viewer: string };
  readonly expiresAt: number;
}

/** Checks path tokens, as many as a few thousand viewers send each second. */
export function createPathChecker(secrets: SecretBox, now: () => number): PathChecker {
  const remembered = new Map<string, Remembered>();
  const revoked = new Map<string, number>();
  const find = (token: string, scope: string) => {
    const known = remembered.get(token);
    if (known?.scope === scope) return known;
    const [, expires = '', viewer = '', given = ''] = shape.exec(token) ?? [];
    if (!expires) return null;
    const expected = signatureOf(secrets, scope, expires, viewer);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return null;
    const [, , , replayTag = ''] = scope.split('~');
    const pass = { ok: true, viewer } as const;
    const found = { scope, replayTag, pass, expiresAt: parseInt(expires, 36) * 1_000 };
    // Oldest first: a viewer's token lives ten minutes, so nearly all that go have run out.
    const oldest = remembered.size >= mostRemembered ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(token, found);
    return found;
  };
  return {
    check(token, scope) {
      const found = find(token, scope);
      if (!found) return { ok: false, reason: 'forged' };
      const at = now();
      if (found.expiresAt <= at) {
        remembered.delete(token);
        return { ok: false, reason: 'expired' };
      }
      const isRevoked = (tag: string) => (revoked.get(tag) ?? 0) > at;
      if (revoked.size > 0 && (isRevoked(found.pass.viewer) || isRevoked(found.replayTag)))
        return { ok: false, reason: 'revoked' };
      return found.pass;
    },
    revoke(tags, until) {
      for (const [tag, end] of revoked) if (end <= now()) revoked.delete(tag);
      for (const tag of tags) revoked.set(tag, Math.max(until, revoked.get(tag) ?? 0));
    },
  };
}
