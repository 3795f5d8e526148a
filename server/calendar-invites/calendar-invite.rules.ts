import {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  ICalCalendar,
  type ICalEvent,
} from 'ical-generator';
import {
  calendarAddress,
  calendarLine,
  calendarLines,
  calendarName,
  escapedLine,
  urlLine,
} from './calendar-text.rules.ts';

/** One entry of a calendar. Instants only: in UTC every program agrees, with zones they do not. */
export interface CalendarEntry {
  /** Stays the same for the life of the entry. */
  readonly uid: string;
  /** Raised by every change that is sent. */
  readonly sequence: number;
  /** When this revision was made; never "now", or a feed would look new at every visit. */
  readonly stamp: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly title: string;
  /** Plain text. */
  readonly description: string;
  readonly url: string;
  /** Shown by its name; the address is the platform's, the same for as long as the entry lives. */
  readonly organiser: { readonly name: string; readonly address: string };
  readonly isCancelled: boolean;
  /** Shown, but leaves the person free: a day of which they come to single sessions. */
  readonly isTransparent?: boolean;
}

export interface Invitation extends CalendarEntry {
  /** Only the recipient: a list of guests would tell each about the others. */
  readonly attendee: { readonly name: string; readonly address: string };
  readonly alarmInMinutes: number;
  /** Only where somebody reads the answers: calendars send one for each invite they are asked about. */
  readonly asksForReply: boolean;
}

const product = { company: 'Plenary', product: 'Plenary', language: 'EN' };

/** An invitation or its withdrawal (RFC 5546), which is never to be answered. */
export function inviteCalendar(method: 'REQUEST' | 'CANCEL', invitation: Invitation): string {
  const calendar = new ICalCalendar({ prodId: product, method: ICalCalendarMethod[method] });
  const isCancelled = method === 'CANCEL';
  const event = addEntry(calendar, { ...invitation, isCancelled });
  const rsvp = invitation.asksForReply && !isCancelled;
  event.createAttendee({
    name: calendarName(invitation.attendee.name),
    email: calendarAddress(invitation.attendee.address),
    type: ICalAttendeeType.INDIVIDUAL,
    role: ICalAttendeeRole.REQ,
    status: rsvp ? ICalAttendeeStatus.NEEDSACTION : ICalAttendeeStatus.ACCEPTED,
    rsvp,
  });
  if (!isCancelled)
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: invitation.alarmInMinutes * 60,
      description: calendarLine(invitation.title),
    });
  return textOf(calendar, [invitation]);
}

/** A calendar to subscribe to or to download. Cancelled entries say so. */
export function publicCalendar(
  entries: readonly CalendarEntry[],
  feed: { readonly name: string; readonly refreshInHours: number },
): string {
  const calendar = new ICalCalendar({
    prodId: product,
    method: ICalCalendarMethod.PUBLISH,
    name: escapedLine(feed.name),
    ttl: feed.refreshInHours * 3_600,
  });
  for (const entry of entries) addEntry(calendar, entry);
  return textOf(calendar, entries);
}

function addEntry(calendar: ICalCalendar, entry: CalendarEntry): ICalEvent {
  // ical-generator would swap them without a word. Calendars count in seconds.
  if (secondsOf(entry.endsAt) <= secondsOf(entry.startsAt))
    throw new RangeError('A calendar entry ends after it starts');
  return calendar.createEvent({
    id: calendarLine(entry.uid),
    sequence: entry.sequence,
    stamp: entry.stamp,
    lastModified: entry.stamp,
    start: entry.startsAt,
    end: entry.endsAt,
    summary: calendarLine(entry.title),
    description: calendarLines(entry.description),
    location: calendarLine(new URL(entry.url).href, 2_000),
    organizer: { name: calendarName(entry.organiser.name), email: calendarAddress(entry.organiser.address) },
    status: entry.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: entry.isTransparent ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus:
      entry.isCancelled || entry.isTransparent ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
  });
}

const secondsOf = (instant: Date) => Math.floor(instant.getTime() / 1_000);

/**
 * Mends what ical-generator gets wrong: URL values, which it escapes; alarms, which stand after all properties
 * (RFC 5545, 3.6.1); the last line break. Whole lines are compared, because a title may say anything.
 */
function textOf(calendar: ICalCalendar, entries: readonly CalendarEntry[]): string {
  const lines: string[] = [];
  let alarm: string[] = [];
  let isInAlarm = false;
  const left = [...entries];
  for (const line of calendar.toString().split('\r\n')) {
    if (line === 'BEGIN:VALARM') isInAlarm = true;
    if (line === 'END:VEVENT') {
      lines.push(...alarm);
      alarm = [];
    }
    (isInAlarm ? alarm : lines).push(line);
    if (line === 'END:VALARM') isInAlarm = false;
    const entry = line === 'BEGIN:VEVENT' ? left.shift() : undefined;
    if (entry) lines.push(urlLine(entry.url));
  }
  return `${lines.join('\r\n')}\r\n`;
}
