import type { SecretBox } from '../platform/secrets/secret-box.ts';

interface Signed {
  readonly _id: string;
  readonly version: number;
}
type Signs = Pick<SecretBox, 'sign' | 'isSignedBy'>;

const purpose = 'calendar feed';
const textOf = ({ _id, version }: Signed) => `${_id} ${version}`;
const fileName = /^([0-9a-f-]{36})\.([\w-]{43})\.ics$/;

/** Derived and not stored, so that it can be shown again and a leaked database opens no calendar. */
export function feedPath(feed: Signed, secrets: Signs): string {
  return `/calendars/${feed._id}.${secrets.sign(purpose, textOf(feed))}.ics`;
}

export function readFeedFile(file: string): { feedId: string; signature: string } | null {
  const [, feedId, signature] = fileName.exec(file) ?? [];
  return feedId && signature ? { feedId, signature } : null;
}

export const isFeedSignature = (feed: Signed, signature: string, secrets: Signs): boolean =>
  secrets.isSignedBy(purpose, textOf(feed), signature);

/** What a person does with the address: subscribe in their own program, or have Google do it. */
export function feedLinks(address: string): { address: string; webcal: string; google: string } {
  const webcal = address.replace(/^https?:/, 'webcal:');
  const google = `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`;
  return { address, webcal, google };
}

const dayMs = 86_400_000;
const keptDays = { cancelled: 60, over: 366 } as const;
const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * dayMs);

/** What was cancelled since is still told: a calendar that is subscribed to forgets what is no longer in it. */
export const cancelledSince = (now: Date): Date => daysBefore(now, keptDays.cancelled);

export function isKeptEvent(
  event: { readonly status: string; readonly endsAt: Date; readonly cancelledAt?: Date | null },
  now: Date,
): boolean {
  if (event.endsAt <= daysBefore(now, keptDays.over)) return false;
  return event.status !== 'cancelled' || !event.cancelledAt || event.cancelledAt > cancelledSince(now);
}

export const isKeptSession = (
  session: { readonly state: string; readonly editedAt?: Date | null },
  now: Date,
): boolean => session.state !== 'cancelled' || !session.editedAt || session.editedAt > cancelledSince(now);
