import { calendarLinks, type LinkedEvent } from '../calendar-invites/calendar-links.rules.ts';
import type { CalendarLinks } from '../contracts/calendar-links.ts';
import type { CalendarEntry } from '../calendar-invites/calendar-invite.rules.ts';

interface FedEvent {
  readonly _id: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly status: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly revision: number;
  readonly createdAt: Date;
  readonly editedAt?: Date | null;
  readonly publishedAt?: Date | null;
  readonly cancelledAt?: Date | null;
}

/** An event as an entry of a public calendar: it names the page of the event and nobody who comes. */
export function calendarEntry(
  event: FedEvent,
  organiserName: string,
  site: { readonly publicUrl: string; readonly mailFrom: string },
): CalendarEntry {
  const url = `${site.publicUrl}/events/${event.slug}`;
  const changes = [event.createdAt, event.publishedAt, event.editedAt, event.cancelledAt];
  return {
    uid: `${event._id}@${new URL(site.publicUrl).hostname}`,
    sequence: event.revision,
    stamp: new Date(Math.max(...changes.map((at) => at?.getTime() ?? 0))),
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    title: event.title,
    description: `${event.summary}\n\n${url}`,
    url,
    organiser: { name: organiserName, address: site.mailFrom },
    isCancelled: event.status === 'cancelled',
  };
}

/** Ways to add one event to a calendar that is not subscribed to. */
export function eventCalendarLinks(
  event: Omit<LinkedEvent, 'url'> & { readonly slug: string },
  publicUrl: string,
): CalendarLinks {
  const path = `/events/${event.slug}`;
  return calendarLinks({ ...event, url: publicUrl + path }, `${path}/event.ics`);
}
