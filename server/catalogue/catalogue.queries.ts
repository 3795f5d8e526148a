import type { EventCard } from '../contracts/event-card.ts';
import {
  listPublicEvents,
  listPublicEventsByIds,
  type Event,
  type ListedEvent,
} from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { countSeats, countSeatsOfEvents } from '../registrations/seats.queries.ts';
import {
  listSessionsOfEvent,
  listSessionsOfEvents,
  listSessionsOfSpeaker,
  type Session,
} from '../sessions/session.queries.ts';
import { listSpeakersByIds, type Speaker } from '../speakers/speaker.queries.ts';
import { loadNewestReplays } from '../replays/library.queries.ts';
import { listOutReplays, listReplayPaths } from '../replays/replay.queries.ts';
import { eventCard } from './event-card.rules.ts';
import type { EventStory } from './event-detail.rules.ts';
import type { HomeStory } from './home.rules.ts';

const dayMs = 86_400_000;

const isOnOrToCome = (now: Date) => (listed: ListedCard) =>
  listed.card.state === 'live' || (listed.card.state !== 'ended' && listed.event.endsAt > now);

/** Everything that the page of an event tells. */
export async function loadEventStory(event: Event): Promise<EventStory> {
  const [sessions, places, organiser, replayPaths] = await Promise.all([
    listSessionsOfEvent(event._id),
    countSeats(event._id),
    getOrganiser(event.organiserId),
    listReplayPaths([event._id]),
  ]);
  const speakers = await listSpeakersByIds(event.organiserId, everybodyIn(sessions));
  return { event, sessions, places, organiser, speakers, replayPaths };
}

export interface ListedCard {
  readonly event: ListedEvent;
  readonly card: EventCard;
  /** Loaded only where the clock cannot tell the state: around the day of the event. */
  readonly sessions: readonly Session[];
}

/** Cards for lists, in the order of `events`. */
export async function loadEventCards(events: readonly ListedEvent[], now: Date): Promise<ListedCard[]> {
  const isNear = ({ startsAt, endsAt }: ListedEvent) =>
    Math.abs(startsAt.getTime() - now.getTime()) < dayMs ||
    Math.abs(endsAt.getTime() - now.getTime()) < dayMs;
  const [seats, sessions] = await Promise.all([
    countSeatsOfEvents(events.map(({ _id }) => _id)),
    listSessionsOfEvents(events.filter(isNear).map(({ _id }) => _id)),
  ]);
  return events.map((event) => {
    const own = sessions.filter(({ eventId }) => eventId === event._id);
    const places = seats.get(event._id) ?? { capacity: event.capacity ?? null, taken: 0 };
    return { event, sessions: own, card: eventCard(event, own, places, now) };
  });
}

/** Cards of one of the three shelves of `/events`: what is coming in order, everything else the newest first. */
export async function loadListing(show: string, now: Date): Promise<ListedCard[]> {
  switch (show) {
    case 'coming': {
      const cards = await loadEventCards(
        await listPublicEvents({ endsAfter: new Date(now.getTime() - dayMs) }),
        now,
      );
      return cards.filter(isOnOrToCome(now));
    }
    case 'on-demand': {
      // Only what can be watched, whatever was planned.
      const eventIds = new Set((await listOutReplays()).map(({ eventId }) => eventId));
      const cards = await loadEventCards(await listPublicEventsByIds([...eventIds]), now);
      return cards.filter(({ card }) => card.state === 'ended').reverse();
    }
    case 'all':
      return (await loadEventCards(await listPublicEvents(), now)).reverse();
    default:
      return [];
  }
}

/** One large and three beside it. */
const homeReplays = 4;

/** What the front page is made of. */
export async function loadHome(now: Date): Promise<HomeStory> {
  // A day back, because what runs over its planned end is still on.
  const window = {
    endsAfter: new Date(now.getTime() - dayMs),
    startsBefore: new Date(now.getTime() + 366 * dayMs),
  };
  const listed = (await loadEventCards(await listPublicEvents(window), now)).filter(isOnOrToCome(now));
  const next = listed.find(({ card }) => card.state === 'upcoming' || card.state === 'starting-soon');
  const live = listed.filter(({ card }) => card.state === 'live');
  return {
    listed,
    replays: await loadNewestReplays(homeReplays),
    next: next ? { ...next, sessions: await listSessionsOfEvent(next.event._id) } : null,
    live: await Promise.all(
      live.map(async (own) => ({
        ...own,
        speakers: await loadSpeakersOf(own.event.organiserId, own.sessions),
      })),
    ),
  };
}

const everybodyIn = (sessions: readonly Session[]) => [
  ...new Set(sessions.flatMap(({ speakerIds, moderatorIds }) => [...speakerIds, ...moderatorIds])),
];

/** Names and slugs of everybody who speaks in these sessions or leads them, by id. */
async function loadSpeakersOf(
  organiserId: string,
  sessions: readonly Session[],
): Promise<ReadonlyMap<string, Speaker>> {
  const speakers = await listSpeakersByIds(organiserId, everybodyIn(sessions));
  return new Map(speakers.map((speaker) => [speaker._id, speaker]));
}

/** Sessions of a speaker with their public events, in order of time. */
export async function loadAppearances(
  speakerId: string,
): Promise<{ session: Session; event: ListedEvent; replayPath: string | null }[]> {
  const sessions = await listSessionsOfSpeaker(speakerId);
  const events = await listPublicEventsByIds([...new Set(sessions.map(({ eventId }) => eventId))]);
  const replayPaths = await listReplayPaths(events.map(({ _id }) => _id));
  const byId = new Map(events.map((event) => [event._id, event]));
  return sessions.flatMap((session) => {
    const event = byId.get(session.eventId);
    return event && event.status === 'published'
      ? [{ session, event, replayPath: replayPaths.get(session._id) ?? null }]
      : [];
  });
}

/** Slugs of everybody who speaks at one of these events, in alphabetical order. */
export async function listSpeakerSlugsOfEvents(events: readonly ListedEvent[]): Promise<string[]> {
  const published = events.filter(({ status }) => status === 'published');
  const sessions = await listSessionsOfEvents(published.map(({ _id }) => _id));
  const organiserIds = new Set(published.map(({ organiserId }) => organiserId));
  const byOrganiser = await Promise.all(
    [...organiserIds].map((organiserId) =>
      loadSpeakersOf(
        organiserId,
        sessions.filter((session) => session.organiserId === organiserId && session.state !== 'cancelled'),
      ),
    ),
  );
  return byOrganiser.flatMap((speakers) => [...speakers.values()].map(({ slug }) => slug)).sort();
}

/** Names of the organisers of these events, by organiser id. */
export async function listOrganiserNames(
  events: readonly Pick<ListedEvent, 'organiserId'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(events.map(({ organiserId }) => organiserId))];
  const organisers = await Promise.all(ids.map(getOrganiser));
  return new Map(organisers.map(({ _id, name }) => [_id, name]));
}
