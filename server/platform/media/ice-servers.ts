import { createHmac } from 'node:crypto';

export interface IceConfig {
  readonly stunUrls: readonly string[];
  /** A TURN server that shares a secret with us (coturn: `use-auth-secret`). */
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null;
}

/** `RTCIceServer` of the browser. */
export interface IceServer {
  readonly urls: string[];
  readonly username?: string;
  readonly credential?: string;
}

/** A day's work in the studio; who is still there after it gets another with the next beat. */
const lifeSeconds = 12 * 3_600;

/**
 * What a browser may ask for its own addresses and, with credentials that end by themselves, for a relay
 * (draft-uberti-behave-turn-rest-00: the name is an expiry, the password its HMAC-SHA1).
 */
export function iceServers({ stunUrls, turn }: IceConfig, person: string, now: Date): IceServer[] {
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (!turn) return stun;
  const username = `${Math.floor(now.getTime() / 1_000) + lifeSeconds}:${person}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [...stun, { urls: [...turn.urls], username, credential }];
}
