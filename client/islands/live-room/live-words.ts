const minute = 60_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** "11:31", in the zone of the event. */
export function timeOfDay(iso: string, zone: string): string {
  // Hundreds of times of day stand on a page, and each new formatter costs more than all of them.
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  clocks.set(zone, clock);
  return clock.format(new Date(iso));
}

/** "Tuesday 16 March 2027" */
export const dayOf = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
    .format(new Date(iso))
    .replace(',', '');

/** "GMT", "BST", "CET" as people write it on that day. */
export const zoneName = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(new Date(iso))
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** "4:10", "1:04:10"; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** "12 min", "1 h 5 min"; a part of a minute counts as one. */
export function span(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minute));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Minutes between two instants as their times of day show them, negative when `later` is earlier. */
export const minutesBetween = (earlier: string | number, later: string | number): number =>
  Math.floor(new Date(later).getTime() / minute) - Math.floor(new Date(earlier).getTime() / minute);

/** "6 minutes late", "2 minutes early", or null when it is on time. */
export function drift(minutesLate: number): string | null {
  if (minutesLate === 0) return null;
  const amount = Math.abs(minutesLate);
  return `${amount} ${amount === 1 ? 'minute' : 'minutes'} ${minutesLate > 0 ? 'late' : 'early'}`;
}

/** "1 vote", "3 votes" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
