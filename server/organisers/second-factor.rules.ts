import { Secret, TOTP } from 'otpauth';

export const secondFactorTries = 5;
export const secondFactorTriesLastMinutes = 15;
export const recoveryCodeCount = 10;
const periodInSeconds = 30;

/** The 30-second step whose code this is, one step early or late allowed, or null. `secret` is base32. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    period: periodInSeconds,
    timestamp: now.getTime(),
    window: 1,
  });
  if (delta === null) return null;
  return Math.floor(now.getTime() / 1000 / periodInSeconds) + delta;
}

/** What an authenticator app reads from the QR code. */
export function authenticatorUri(secret: string, issuer: string, email: string): string {
  return new TOTP({
    issuer,
    label: email,
    secret: Secret.fromBase32(secret),
    period: periodInSeconds,
  }).toString();
}

/** Secrets are 20 bytes, the length of the HMAC's hash (RFC 4226, 4). */
export const secretOfBytes = (bytes: Uint8Array): string =>
  new Secret({ buffer: Uint8Array.from(bytes.subarray(0, 20)).buffer }).base32;

export const isTotpSecret = (text: string): boolean => /^[A-Z2-7]{32,}$/.test(text);

/** As people type it back: without dashes and spaces, in lower case. */
export const plainRecoveryCode = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '');
