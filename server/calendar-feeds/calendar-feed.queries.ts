import type { CalendarEntry } from '../calendar-invites/calendar-invite.rules.ts';
import type { Deps } from '../deps.ts';
import { listPublicEventsByIds } from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { listPlacesForCalendar } from '../registrations/my-agenda.queries.ts';
import { placeEntries } from '../registrations/place-calendar.rules.ts';
import { listSessionsOfEvents } from '../sessions/session.queries.ts';
import { CalendarFeedModel, type CalendarFeed } from './calendar-feed.model.ts';
import {
  cancelledSince,
  isFeedSignature,
  isKeptEvent,
  isKeptSession,
  readFeedFile,
} from './calendar-feed.rules.ts';

/** Of the address somebody signed in with. */
export async function findCalendarFeed(email: string): Promise<CalendarFeed | null> {
  return CalendarFeedModel.findOne({ email }).lean();
}

/** By the last part of its address; null for one that was made up, replaced or switched off, all the same. */
export async function findCalendarFeedByFile(
  file: string,
  deps: Pick<Deps, 'secrets'>,
): Promise<CalendarFeed | null> {
  const read = readFeedFile(file);
  const feed = read && (await CalendarFeedModel.findOne({ _id: read.feedId }).lean());
  return feed && isFeedSignature(feed, read.signature, deps.secrets) ? feed : null;
}

/** Everything in the calendar of an address, in order of the events. */
export async function loadCalendarEntries(
  email: string,
  now: Date,
  deps: Pick<Deps, 'config'>,
): Promise<CalendarEntry[]> {
  const places = await listPlacesForCalendar(email, cancelledSince(now));
  const events = (await listPublicEventsByIds(places.map(({ eventId }) => eventId))).filter((event) =>
    isKeptEvent(event, now),
  );
  const sessions = await listSessionsOfEvents(events.map(({ _id }) => _id));
  const organiserIds = [...new Set(events.map(({ organiserId }) => organiserId))];
  const organisers = await Promise.all(organiserIds.map(getOrganiser));
  const { publicUrl, mailFrom } = deps.config;
  return events.flatMap((event) =>
    places
      .filter(({ eventId }) => eventId === event._id)
      .flatMap((place) =>
        placeEntries({
          place,
          event,
          sessions: sessions.filter(
            (session) => session.eventId === event._id && isKeptSession(session, now),
          ),
          organiserName: organisers.find(({ _id }) => _id === event.organiserId)?.name ?? '',
          site: { publicUrl, mailFrom },
        }),
      ),
  );
}
