import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 300;

export interface HookSignature {
  readonly seconds: number;
  readonly digest: Buffer;
}

/** `t=<unix time>,v1=<hex>`, signed lately; null for anything else. Needs no body, so it is asked first. */
export function readSignature(header: string | undefined, now: Date): HookSignature | null {
  const [, seconds, digest] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!seconds || !digest) return null;
  const isLate = Math.abs(now.getTime() / 1000 - Number(seconds)) > toleranceSeconds;
  return isLate ? null : { seconds: Number(seconds), digest: Buffer.from(digest, 'hex') };
}

/** Whether the signature was made over this body with our secret. */
export function isSignatureOf({ seconds, digest }: HookSignature, body: Buffer, secret: string): boolean {
  return timingSafeEqual(signBody(seconds, body, secret), digest);
}

export const signBody = (seconds: number, body: Buffer, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
