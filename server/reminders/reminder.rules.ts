import type { ReminderName } from '../contracts/reminder.ts';
import { shownEventState, type EventCourse } from '../events/event.rules.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export type BeforehandName = Exclude<ReminderName, 'thank-you'>;

/** How long before the start each is sent, the earliest first. */
const beforehand: readonly { readonly name: BeforehandName; readonly leadMs: number }[] = [
  { name: 'week', leadMs: 7 * dayMs },
  { name: 'day', leadMs: dayMs },
  { name: 'hour', leadMs: hourMs },
  { name: 'ten-minutes', leadMs: 10 * minuteMs },
];
/** The longest lead: later events need not be looked at. */
export const longestLeadMs = 7 * dayMs;
/** An End can be undone, so thanks wait a little. */
const thanksAfterMs = 15 * minuteMs;
/** Thanks that were missed for longer than this would only puzzle. */
export const thanksWithinMs = 2 * dayMs;

/**
 * The reminder whose turn it is; null before the first and from the start on. One that was missed is due until the
 * next one's turn and then never: "in a week" the day before would be wrong.
 */
export function dueBeforehand(startsAt: Date, now: Date): BeforehandName | null {
  const leftMs = startsAt.getTime() - now.getTime();
  if (leftMs <= 0) return null;
  return beforehand.findLast(({ leadMs }) => leftMs <= leadMs)?.name ?? null;
}

/** When a reminder's turn ends: at the next one's, or at the start. */
export function turnEndsAt(name: BeforehandName, startsAt: Date): Date {
  const next = beforehand[beforehand.findIndex((one) => one.name === name) + 1];
  return new Date(startsAt.getTime() - (next?.leadMs ?? 0));
}

/** When a reminder is planned to leave; thanks, if the event ends as planned. */
export function plannedAt(
  name: ReminderName,
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date },
): Date {
  const lead = beforehand.find((one) => one.name === name);
  return new Date(lead ? startsAt.getTime() - lead.leadMs : endsAt.getTime() + thanksAfterMs);
}

/** Whether it is time for thanks: a while after the event was over, by the clock or because all is ended. */
export function areThanksDue(
  event: EventCourse,
  sessions: readonly {
    readonly state: string;
    readonly kind: string;
    readonly endedAt?: Date | null;
  }[],
  now: Date,
): boolean {
  if (shownEventState(event, sessions, now) !== 'ended') return false;
  const lastEnd = Math.max(0, ...sessions.map(({ endedAt }) => endedAt?.getTime() ?? 0));
  const overMs = now < event.endsAt ? lastEnd : Math.max(lastEnd, event.endsAt.getTime());
  const agoMs = now.getTime() - overMs;
  return agoMs >= thanksAfterMs && agoMs <= thanksWithinMs;
}

/** Who took a place shortly before a reminder knows already what it says. */
export function isTooNew(name: ReminderName, startsAt: Date, confirmedAt: Date): boolean {
  const quietMs = name === 'week' ? dayMs : name === 'day' ? 6 * hourMs : 0;
  const lead = beforehand.find((one) => one.name === name);
  return (
    lead !== undefined && quietMs > 0 && confirmedAt.getTime() > startsAt.getTime() - lead.leadMs - quietMs
  );
}

/** "In a week", "Tomorrow", "In one hour", "In 10 minutes": what is true at `now`, also for one that comes late. */
export function distanceInWords(startsAt: Date, zone: string, now: Date): string {
  const minutes = Math.max(1, Math.round((startsAt.getTime() - now.getTime()) / minuteMs));
  if (Math.abs(minutes - 60) <= 2) return 'In one hour';
  if (minutes < 60) return minutes === 1 ? 'In one minute' : `In ${minutes} minutes`;
  const dayOf = (instant: Date) => Date.parse(wallTimeOfInstant(instant, zone).slice(0, 10));
  const days = Math.round((dayOf(startsAt) - dayOf(now)) / dayMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  return days === 7 ? 'In a week' : `In ${days} days`;
}

/** Join links that are needed now leave first. */
export const priorityOf = (name: ReminderName): 0 | 1 | 2 =>
  name === 'ten-minutes' ? 0 : name === 'hour' ? 1 : 2;

/** What comes before the `@`: one for each holder, reminder and start. */
export const reminderMessageId = (name: ReminderName, inviteUid: string, startsAt: Date): string =>
  `reminder.${name}.${inviteUid}.${startsAt.toISOString().slice(0, 16).replace(/[-:]/g, '').toLowerCase()}`;
