import type { CalendarEntry } from '../calendar-invites/calendar-invite.rules.ts';
import { canBeChosen } from './my-agenda.rules.ts';

interface CalendarPlace {
  readonly _id: string;
  readonly status: string;
  readonly starredSessionIds: readonly string[];
  readonly starsChangedAt?: Date | null;
  readonly confirmedAt?: Date | null;
  readonly cancelledAt?: Date | null;
}

interface CalendarEvent {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly status: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdAt: Date;
  readonly publishedAt?: Date | null;
  readonly editedAt?: Date | null;
  readonly cancelledAt?: Date | null;
}

interface CalendarSession {
  readonly _id: string;
  readonly title: string;
  readonly summary: string;
  readonly kind: string;
  readonly state: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdAt: Date;
  readonly editedAt?: Date | null;
}

export interface CalendarMatter {
  readonly place: CalendarPlace;
  readonly event: CalendarEvent;
  /** Of this event, in order of start. */
  readonly sessions: readonly CalendarSession[];
  readonly organiserName: string;
  readonly site: { readonly publicUrl: string; readonly mailFrom: string };
}

/**
 * One place in its holder's own calendar: the day, and each session they chose. Addresses are public ones, because
 * calendars get shared. The day leaves them free when there are sessions that do not.
 */
export function placeEntries(matter: CalendarMatter): CalendarEntry[] {
  const { place, event } = matter;
  const isOff = place.status !== 'confirmed' || event.status === 'cancelled';
  const sessions = sessionEntries(matter);
  const url = `${matter.site.publicUrl}/events/${event.slug}`;
  const day = entryOf(matter, {
    id: place._id,
    stamps: [place.starsChangedAt],
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    title: event.title,
    description: `${event.summary}\n\n${url}`.trim(),
    url,
    isCancelled: isOff,
  });
  const hasSessions = sessions.some(({ isCancelled }) => !isCancelled);
  return [hasSessions ? { ...day, isTransparent: true } : day, ...sessions];
}

/** The chosen sessions alone, for who downloads them beside the invite to the day. */
export function sessionEntries(matter: CalendarMatter): CalendarEntry[] {
  const { place, event, sessions } = matter;
  const isOff = place.status !== 'confirmed' || event.status === 'cancelled';
  return sessions
    .filter(({ _id, kind }) => kind !== 'break' && place.starredSessionIds.includes(_id))
    .map((session) => {
      const url = `${matter.site.publicUrl}/events/${event.slug}#session-${session._id}`;
      return entryOf(matter, {
        id: `${place._id}.${session._id}`,
        stamps: [session.createdAt, session.editedAt],
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        title: session.title,
        description: [event.title, session.summary, url].filter(Boolean).join('\n\n'),
        url,
        isCancelled: isOff || !canBeChosen(session),
      });
    });
}

function entryOf(
  { place, event, organiserName, site }: CalendarMatter,
  part: Pick<CalendarEntry, 'startsAt' | 'endsAt' | 'title' | 'description' | 'url' | 'isCancelled'> & {
    readonly id: string;
    readonly stamps: readonly (Date | null | undefined)[];
  },
): CalendarEntry {
  const { id, stamps, ...shown } = part;
  const changes = [
    ...stamps,
    ...[event.createdAt, event.publishedAt, event.editedAt, event.cancelledAt],
    ...[place.confirmedAt, place.cancelledAt],
  ];
  const stamp = new Date(Math.max(...changes.map((at) => at?.getTime() ?? 0)));
  return {
    ...shown,
    uid: `${id}@${new URL(site.publicUrl).hostname}`,
    // One number that only rises, whichever of the three documents changed: their own counters may fall when summed.
    sequence: Math.floor((stamp.getTime() - event.createdAt.getTime()) / 1000),
    stamp,
    organiser: { name: organiserName, address: site.mailFrom },
  };
}
