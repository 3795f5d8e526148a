import { makeWatchPath } from '../platform/media/origin/path-token.ts';
import type { SecretBox } from '../platform/secrets/secret-box.ts';

/** How long a path opens pictures; a page asks for another well before. */
export const watchLifeMs = 600_000;
/** A token may be issued while its holder's right is just being taken away. */
const margin = 60_000;

export const revokedUntil = (at: Date): Date => new Date(at.getTime() + watchLifeMs + margin);

/** Who watches, as the media process and its log may know: nobody can tell a person by it. */
export const viewerTag = (participantId: string, version: number, secrets: Pick<SecretBox, 'sign'>): string =>
  secrets.sign('viewer-tag', `${participantId}.${version}`).slice(0, 22);

export interface WatchPath {
  readonly path: string | null;
  /** ms since 1970 */
  readonly expiresAt: number;
}

/** Where one person finds a stream's pictures for the next ten minutes. */
export function watchPath(streamId: string, viewer: string, now: Date, secrets: SecretBox): WatchPath {
  const expiresAt = now.getTime() + watchLifeMs;
  return { path: makeWatchPath(secrets, { scope: streamId, viewer, expiresAt }), expiresAt };
}
