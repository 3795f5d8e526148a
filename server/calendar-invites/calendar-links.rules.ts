import type { CalendarLinks } from '../contracts/calendar-links.ts';

export interface LinkedEvent {
  readonly title: string;
  readonly summary: string;
  /** Public address: people share calendars, so no personal link. */
  readonly url: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Links that open a new entry in somebody's calendar, in one table because these addresses change. `icsUrl` is the
 * download, which always works. Written by hand: Outlook shifts a start that does not end in Z.
 */
export function calendarLinks(event: LinkedEvent, icsUrl: string): CalendarLinks {
  const start = event.startsAt.toISOString().replace('.000', '');
  const end = event.endsAt.toISOString().replace('.000', '');
  const compact = (instant: string) => instant.replace(/[-:]/g, '');
  const summary = [...event.summary.toWellFormed()].slice(0, 400).join('');
  const title = event.title.toWellFormed();
  const body = summary ? `${summary}\n\n${event.url}` : event.url;
  const outlook = query({
    rru: 'addevent',
    startdt: start,
    enddt: end,
    subject: title,
    body,
    location: event.url,
  });
  const dates = `${compact(start)}/${compact(end)}`;
  return {
    google: `https://calendar.google.com/calendar/render?${query({ action: 'TEMPLATE', text: title, dates, details: body, location: event.url })}`,
    outlook: `https://outlook.live.com/calendar/0/action/compose?${outlook}`,
    microsoft365: `https://outlook.office.com/calendar/0/action/compose?${outlook}`,
    yahoo: `https://calendar.yahoo.com/?${query({ v: '60', title, st: compact(start), et: compact(end), desc: body, in_loc: event.url })}`,
    ics: icsUrl,
  };
}

/** Encoded once, spaces as %20: calendars show a plus sign as it is. */
const query = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
