import type { Dateline, ShownTime } from '../../contracts/dateline.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

// Building a format costs a hundred times what using it does, and there are few zones.
function partsOf(instant: Date, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

/** "Tuesday 23 March 2027" */
export function showDate(instant: Date, zone: string): string {
  const { weekday, day, month, year } = partsOf(instant, zone);
  return `${weekday} ${day} ${month} ${year}`;
}

/** "09:30" */
export function showTimeOfDay(instant: Date, zone: string): string {
  const { hour, minute } = partsOf(instant, zone);
  return `${hour}:${minute}`;
}

/** How people write the zone on that day: "GMT", "BST", "CET". */
export function showZone(instant: Date, zone: string): string {
  return partsOf(instant, zone).timeZoneName ?? zone;
}

/** "Monday 1 March 2027, 09:00 GMT" */
export function showMoment(instant: Date, zone: string): string {
  return `${showDate(instant, zone)}, ${showTimeOfDay(instant, zone)} ${showZone(instant, zone)}`;
}

export function shownMoment(instant: Date, zone: string): ShownTime {
  return { iso: instant.toISOString(), text: showMoment(instant, zone) };
}

/** "March 2027" */
export function showMonth(instant: Date, zone: string): string {
  const { month, year } = partsOf(instant, zone);
  return `${month} ${year}`;
}

/** Day of the month and short weekday, as a calendar prints them: "23", "Tue". */
export function showCalendarDay(instant: Date, zone: string): { day: string; weekday: string } {
  const { day = '', weekday = '' } = partsOf(instant, zone);
  return { day, weekday: weekday.slice(0, 3) };
}

/** When something is, in its own zone; what ends on another day says so. */
export function datelineOf(when: {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}): Dateline {
  const { startsAt, endsAt, zone } = when;
  const date = showDate(startsAt, zone);
  const endDate = showDate(endsAt, zone);
  const end = showTimeOfDay(endsAt, zone) + (endDate === date ? '' : ` on ${endDate}`);
  return {
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    date,
    times: `${showTimeOfDay(startsAt, zone)} to ${end}`,
    zone: showZone(startsAt, zone),
    timeZone: zone,
  };
}
