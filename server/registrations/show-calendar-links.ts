import type { CalendarLinks } from '../contracts/calendar-links.ts';

interface CalendarEvent {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Links that open a new entry in somebody's calendar. They carry the event's public address, never a personal
 * link, because people share calendars. Written by hand: Outlook shifts a start that does not end in Z.
 */
export function calendarLinksOf(event: CalendarEvent, publicUrl: string): CalendarLinks {
  const page = `${publicUrl}/events/${event.slug}`;
  const start = event.startsAt.toISOString().replace('.000', '');
  const end = event.endsAt.toISOString().replace('.000', '');
  const compact = (instant: string) => instant.replace(/[-:]/g, '');
  const body = `${event.summary.slice(0, 500)}\n\n${page}`;
  const outlook = query({
    rru: 'addevent',
    startdt: start,
    enddt: end,
    subject: event.title,
    body,
    location: page,
  });
  return {
    google: `https://calendar.google.com/calendar/render?${query({
      action: 'TEMPLATE',
      text: event.title,
      dates: `${compact(start)}/${compact(end)}`,
      details: body,
      location: page,
    })}`,
    outlook: `https://outlook.live.com/calendar/0/action/compose?${outlook}`,
    microsoft365: `https://outlook.office.com/calendar/0/action/compose?${outlook}`,
    yahoo: `https://calendar.yahoo.com/?${query({
      v: '60',
      title: event.title,
      st: compact(start),
      et: compact(end),
      desc: body,
      in_loc: page,
    })}`,
    ics: `/events/${event.slug}.ics`,
  };
}

/** Encoded once, spaces as %20: calendars show a plus sign as it is. */
const query = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
