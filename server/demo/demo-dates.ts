import { instantOfWallTime, wallTimeOfInstant } from '../platform/time/wall-time.ts';
import type { DemoSession } from './demo-content.ts';

const dayMs = 86_400_000;
export const demoZone = 'Europe/London';

/** `2027-01-14`: the first such weekday (0 is Sunday) at least `days` from now, never around Christmas. */
export function nextWeekday(now: Date, weekday: number, days: number): string {
  const date = new Date(`${wallTimeOfInstant(now, demoZone).slice(0, 10)}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  while (date.getUTCDay() !== weekday) date.setUTCDate(date.getUTCDate() + 1);
  while (isHoliday(date)) date.setUTCDate(date.getUTCDate() + 7);
  return date.toISOString().slice(0, 10);
}

const isHoliday = (date: Date) =>
  (date.getUTCMonth() === 11 && date.getUTCDate() >= 20) ||
  (date.getUTCMonth() === 0 && date.getUTCDate() <= 5);

export interface TodayPlan {
  readonly date: string;
  readonly zone: string;
  readonly startTime: string;
  readonly endTime: string;
  /** The agenda with its clock times. */
  readonly agenda: readonly DemoSession[];
}

/**
 * Lays a day's agenda around the clock: a session, early in the day where there is room, began six to ten minutes
 * ago. All of it falls on one date, so late at night the day is nearly over instead.
 */
export function planToday(now: Date, agenda: readonly DemoSession[]): TodayPlan {
  const zone = zoneWithoutClockChange(now);
  const local = wallTimeOfInstant(now, zone);
  const minuteNow = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  const lastMinute = 24 * 60 - 1;
  const currentStart = Math.max(0, Math.floor((minuteNow - 6) / 5) * 5);
  const fits = (index: number) => currentStart + lengthOf(agenda.slice(index)) <= lastMinute;
  const found = agenda.findIndex(([, , kind], index) => index > 0 && kind !== 'break' && fits(index));
  const current = found === -1 ? agenda.length - 1 : found;
  const first = Math.max(0, currentStart - lengthOf(agenda.slice(0, current)));
  let start = first;
  const timed = agenda.map(([, minutes, ...rest]): DemoSession => {
    const end = Math.min(start + minutes, lastMinute);
    const session: DemoSession = [clock(start), end - start, ...rest];
    start = end;
    return session;
  });
  return { date: local.slice(0, 10), zone, startTime: clock(first), endTime: clock(start), agenda: timed };
}

const lengthOf = (agenda: readonly DemoSession[]) =>
  agenda.reduce((total, [, minutes]) => total + minutes, 0);

/** On the two days a year when London's clocks change, some wall times do not exist or happen twice. */
function zoneWithoutClockChange(now: Date): string {
  const date = wallTimeOfInstant(now, demoZone).slice(0, 10);
  const midnight = instantOfWallTime(`${date}T00:00`, demoZone);
  const next = new Date(Date.parse(`${date}T00:00Z`) + dayMs).toISOString().slice(0, 10);
  const following = instantOfWallTime(`${next}T00:00`, demoZone);
  const isWhole =
    midnight.ok && following.ok && following.instant.getTime() - midnight.instant.getTime() === dayMs;
  return isWhole ? demoZone : 'UTC';
}

/** "09:05" */
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** "09:30" and 45 make "10:15". */
export function addMinutes(time: string, minutes: number): string {
  return clock(Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes);
}
