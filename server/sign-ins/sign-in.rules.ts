const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const linkLifeInMinutes = 10;
/** Five guesses of a million, and then the link itself is the only way. */
export const codeTriesPerLink = 5;
export const codeTriesPerAddressAndDay = 50;
export const joinDevicesPerRegistration = 2;

/** lastSeenAt is written no more often than this, so that reading pages does not become writing. */
export const seenEveryMs = minute;

/** Names of our cookies; under https each gets the `__Host-` prefix. */
export const cookieNames = { signIn: 'sid', passes: 'passes', device: 'device' } as const;
export const passesPerBrowser = 8;

type Kind = 'attendee' | 'member' | 'member-pending' | 'join' | 'manage';

const limits: Readonly<Record<Kind, { idleMs: number; absoluteMs: number }>> = {
  attendee: { idleMs: 30 * day, absoluteMs: 90 * day },
  member: { idleMs: 30 * minute, absoluteMs: 12 * hour },
  'member-pending': { idleMs: 15 * minute, absoluteMs: 15 * minute },
  join: { idleMs: 400 * day, absoluteMs: 400 * day },
  manage: { idleMs: 2 * hour, absoluteMs: day },
};

/** When a sign-in that begins now ends at the latest. A join pass lasts until the day after its event. */
export function endOfSignIn(kind: Kind, now: Date, eventEndsAt?: Date): Date {
  const end = now.getTime() + limits[kind].absoluteMs;
  if (kind !== 'join' || !eventEndsAt) return new Date(end);
  return new Date(Math.min(end, eventEndsAt.getTime() + day));
}

/** When it ends if nobody uses it again. */
export function idleEndOfSignIn(kind: Kind, lastSeenAt: Date, expiresAt: Date): Date {
  return new Date(Math.min(lastSeenAt.getTime() + limits[kind].idleMs, expiresAt.getTime()));
}

export function isSignInOpen(
  signIn: { revokedAt?: Date | null; idleExpiresAt: Date; expiresAt: Date },
  now: Date,
): boolean {
  return !signIn.revokedAt && signIn.idleExpiresAt > now && signIn.expiresAt > now;
}

const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'Chrome OS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** "Firefox on Windows": enough to recognise a device, too little to follow one. */
export function describeDevice(userAgent: string | undefined): string {
  const find = (table: readonly [RegExp, string][]) =>
    table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  if (!browser) return system ? `A browser on ${system}` : 'An unknown browser';
  return system ? `${browser} on ${system}` : browser;
}
