import type { FieldError } from '../contracts/form-state.ts';
import { instantOfWallTime } from '../platform/time/wall-time.ts';

const sentences = {
  malformed: 'Enter a date and time that exist, such as 2027-03-23 at 09:30',
  'unknown-zone': 'Choose a time zone from the list',
  'does-not-exist': 'The clocks go forward then, so that time does not exist. Choose one before or after it',
  'happens-twice': 'The clocks go back then, so that time happens twice. Choose one before or after it',
} as const;

/** The instant of a wall time, or the sentence that says why there is none. */
export function readWallTime(
  wallTime: string,
  zone: string,
): { readonly instant: Date } | { readonly sentence: string; readonly isZone: boolean } {
  const result = instantOfWallTime(wallTime, zone);
  if (result.ok) return { instant: result.instant };
  return { sentence: sentences[result.reason], isZone: result.reason === 'unknown-zone' };
}

interface TypedTimes {
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
}

export interface Span {
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Start and end on one day in a zone, with a sentence for each field to mend. */
export function readSpan(
  typed: TypedTimes,
  zone: string,
): { readonly ok: true; readonly span: Span } | { readonly ok: false; readonly errors: FieldError[] } {
  const startsAtLocal = `${typed.date}T${typed.startTime}`;
  const endsAtLocal = `${typed.date}T${typed.endTime}`;
  const start = readWallTime(startsAtLocal, zone);
  const end = readWallTime(endsAtLocal, zone);
  const errors: FieldError[] = [];
  if ('sentence' in start)
    errors.push({ field: start.isZone ? 'timeZone' : 'startTime', message: start.sentence });
  else if ('sentence' in end) errors.push({ field: 'endTime', message: end.sentence });
  else if (end.instant <= start.instant)
    errors.push({ field: 'endTime', message: 'Enter an end that is later than the start' });
  if (errors.length > 0 || 'sentence' in start || 'sentence' in end) return { ok: false, errors };
  return { ok: true, span: { startsAtLocal, endsAtLocal, startsAt: start.instant, endsAt: end.instant } };
}

/** When registration opens and closes; null where the form was left empty. */
export function readRegistrationTimes(
  typed: { readonly registrationOpensAt: string | null; readonly registrationClosesAt: string | null },
  event: Span & { readonly zone: string },
) {
  const errors: FieldError[] = [];
  const read = (field: keyof typeof typed): Date | null => {
    const wallTime = typed[field];
    if (wallTime === null) return null;
    const result = readWallTime(wallTime, event.zone);
    if ('instant' in result) return result.instant;
    errors.push({ field: result.isZone ? 'timeZone' : field, message: result.sentence });
    return null;
  };
  const registrationOpensAt = read('registrationOpensAt');
  const registrationClosesAt = read('registrationClosesAt');
  if (registrationClosesAt && registrationClosesAt > event.endsAt)
    errors.push({ field: 'registrationClosesAt', message: 'Close registration before the event ends' });
  if (registrationOpensAt && registrationOpensAt >= (registrationClosesAt ?? event.endsAt))
    errors.push({ field: 'registrationOpensAt', message: 'Open registration before it closes' });
  return { errors, times: { registrationOpensAt, registrationClosesAt } };
}
