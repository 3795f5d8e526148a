import { trusted, type QueryFilter } from 'mongoose';
import { notFound } from '../contracts/problem.ts';
import { readTogether } from '../platform/database/read-together.ts';
import { EventModel, type Event } from './event.model.ts';
import { isShownToPublic } from './event.rules.ts';

export type { Event };

/** What lists show; the long texts stay in the database. */
export type ListedEvent = Omit<Event, 'description' | 'faqs' | 'questions' | 'consents'>;
const listed = { description: 0, faqs: 0, questions: 0, consents: 0 } as const;

/** What the public may see: published, or cancelled after it was. */
const isPublic = (): QueryFilter<Event> => ({
  status: trusted({ $in: ['published', 'cancelled'] }),
  publishedAt: trusted({ $ne: null }),
});

export async function findPublicEventBySlug(slug: string): Promise<Event | null> {
  return EventModel.findOne({ slug, ...isPublic() }).lean();
}

export async function getPublicEventBySlug(slug: string): Promise<Event> {
  const event = await findPublicEventBySlug(slug);
  if (!event) throw notFound('that event');
  return event;
}

/** What may have a live room: a public event, or a rehearsal, which the caller shows to its team only. */
export async function getEventOfRoom(slug: string): Promise<Event> {
  const event = await EventModel.findOne({ slug }).lean();
  if (!event || (!event.rehearsalOf && !isShownToPublic(event))) throw notFound('that event');
  return event;
}

/** The events whose rehearsal began before an instant. */
export async function listRehearsalsFromBefore(before: Date): Promise<string[]> {
  const filter = { rehearsalOf: trusted({ $ne: null }), createdAt: trusted({ $lt: before }) };
  const found = await EventModel.find(filter, { rehearsalOf: 1 }).lean();
  return found.flatMap(({ rehearsalOf }) => rehearsalOf ?? []);
}

/** Drafts, rehearsals and cancelled events too. */
export async function listEventIdsEndingAfter(instant: Date): Promise<string[]> {
  const found = await EventModel.find({ endsAt: trusted({ $gt: instant }) }, { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}

/** The id of the rehearsal of an event while there is one. */
export async function findRehearsalOf(eventId: string): Promise<string | null> {
  const found = await EventModel.findOne({ rehearsalOf: eventId }, { _id: 1 }).lean();
  return found?._id ?? null;
}

/** Drafts included: the caller must ask who is looking. */
export async function findEventBySlug(slug: string): Promise<Event | null> {
  return EventModel.findOne({ slug }).lean();
}

/** `getEvent` for whoever only looks at it: many may get the same document. */
export async function getEventTogether(eventId: string): Promise<Readonly<Event>> {
  const event = await readEvent('', eventId);
  if (!event) throw notFound('that event');
  return event;
}
const readEvent = readTogether<Event>(
  (_all, ids) => EventModel.find({ _id: trusted({ $in: [...ids] }) }).lean(),
  ({ _id }) => _id,
);

/** By id and without a scope: for jobs and for nouns that already hold a document of this event. */
export async function getEvent(eventId: string): Promise<Event> {
  const event = await EventModel.findOne({ _id: eventId }).lean();
  if (!event) throw notFound('that event');
  return event;
}

/** For the console's pages and use cases; a rehearsal has a run of show and nothing else. */
export async function getEventOfOrganiser(organiserId: string, eventId: string): Promise<Event> {
  const event = await EventModel.findOne({ _id: eventId, organiserId, rehearsalOf: null }).lean();
  if (!event) throw notFound('that event');
  return event;
}

/** Newest first; rehearsals are no events to list. */
export async function listEventsOfOrganiser(organiserId: string): Promise<ListedEvent[]> {
  return EventModel.find({ organiserId, rehearsalOf: null }, listed)
    .sort({ startsAt: -1 })
    .lean<ListedEvent[]>();
}

/** Public events in order of start. */
export async function listPublicEvents(
  filter: {
    readonly endsAfter?: Date;
    readonly startsBefore?: Date;
    readonly series?: readonly string[];
  } = {},
): Promise<ListedEvent[]> {
  const { endsAfter, startsBefore, series } = filter;
  const found = EventModel.find(
    {
      ...isPublic(),
      ...(endsAfter && { endsAt: trusted({ $gt: endsAfter }) }),
      ...(startsBefore && { startsAt: trusted({ $lt: startsBefore }) }),
      ...(series && { series: trusted({ $in: [...series] }) }),
    },
    listed,
  );
  return found.sort({ startsAt: 1, _id: 1 }).lean<ListedEvent[]>();
}

export async function listPublicEventsByIds(eventIds: readonly string[]): Promise<ListedEvent[]> {
  return EventModel.find({ _id: trusted({ $in: [...eventIds] }), ...isPublic() }, listed)
    .sort({ startsAt: 1, _id: 1 })
    .lean<ListedEvent[]>();
}

/** Every topic that a public event has, in alphabetical order. */
export async function listPublicTopics(): Promise<string[]> {
  const topics = await EventModel.distinct('topics', isPublic());
  return topics.sort((a, b) => a.localeCompare(b, 'en-GB'));
}

/** Every series that a public event belongs to, by its name. */
export async function listPublicSeries(): Promise<string[]> {
  const names = await EventModel.distinct('series', isPublic());
  return names.filter((name): name is string => typeof name === 'string');
}

/** True once the installation holds anything: the demo then stays away. */
export async function hasEvents(): Promise<boolean> {
  return (await EventModel.exists({})) !== null;
}
