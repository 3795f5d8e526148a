import { Temporal } from 'temporal-polyfill';

/** A local time as organisers write it, without a zone: `2026-12-01T09:30`. */
export const wallTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

export type WallTimeResult =
  | { readonly ok: true; readonly instant: Date }
  | {
      readonly ok: false;
      readonly reason: 'malformed' | 'unknown-zone' | 'does-not-exist' | 'happens-twice';
    };

/**
 * The instant of a wall time in a zone. Refuses the hour that a clock change skips or repeats instead of
 * shifting it, because a shifted session is one everybody misses.
 */
export function instantOfWallTime(wallTime: string, zone: string): WallTimeResult {
  if (!wallTimePattern.test(wallTime)) return { ok: false, reason: 'malformed' };
  if (!isTimeZone(zone)) return { ok: false, reason: 'unknown-zone' };
  let local;
  try {
    local = Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' });
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(local)) return { ok: false, reason: 'does-not-exist' };
  if (earlier.epochMilliseconds !== later.epochMilliseconds) return { ok: false, reason: 'happens-twice' };
  return { ok: true, instant: new Date(earlier.epochMilliseconds) };
}

/** The wall time of an instant in a zone, to the minute. */
export function wallTimeOfInstant(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
