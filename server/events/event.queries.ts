import { trusted, type QueryFilter } from 'mongoose';
import { notFound } from '../contracts/problem.ts';
import { EventModel, type Event } from './event.model.ts';

export type { Event };

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

/** Drafts included: the caller must ask who is looking. */
export async function findEventBySlug(slug: string): Promise<Event | null> {
  return EventModel.findOne({ slug }).lean();
}

/** By id and without a scope: for jobs and for nouns that already hold a document of this event. */
export async function getEvent(eventId: string): Promise<Event> {
  const event = await EventModel.findOne({ _id: eventId }).lean();
  if (!event) throw notFound('that event');
  return event;
}

export async function getEventOfOrganiser(organiserId: string, eventId: string): Promise<Event> {
  const event = await EventModel.findOne({ _id: eventId, organiserId }).lean();
  if (!event) throw notFound('that event');
  return event;
}

/** Newest first. */
export async function listEventsOfOrganiser(organiserId: string): Promise<Event[]> {
  return EventModel.find({ organiserId }).sort({ startsAt: -1 }).lean();
}

/** Public events in order of start. A range is of instants: those that begin in it, or have not ended before it. */
export async function listPublicEvents(
  filter: {
    readonly topics?: readonly string[];
    readonly startsFrom?: Date;
    readonly startsBefore?: Date;
    readonly endsAfter?: Date;
    readonly isOnDemand?: true;
  } = {},
): Promise<Event[]> {
  const { topics, startsFrom, startsBefore, endsAfter, isOnDemand } = filter;
  const starts = {
    ...(startsFrom && { $gte: startsFrom }),
    ...(startsBefore && { $lt: startsBefore }),
  };
  return EventModel.find({
    ...isPublic(),
    ...(topics && { topics: trusted({ $in: [...topics] }) }),
    ...(Object.keys(starts).length > 0 && { startsAt: trusted(starts) }),
    ...(endsAfter && { endsAt: trusted({ $gt: endsAfter }) }),
    ...(isOnDemand && { isOnDemand }),
  })
    .sort({ startsAt: 1, _id: 1 })
    .lean();
}

export async function listPublicEventsByIds(eventIds: readonly string[]): Promise<Event[]> {
  return EventModel.find({ _id: trusted({ $in: [...eventIds] }), ...isPublic() })
    .sort({ startsAt: 1 })
    .lean();
}

/** Every topic that a public event has, in alphabetical order. */
export async function listPublicTopics(): Promise<string[]> {
  const topics = await EventModel.distinct('topics', isPublic());
  return topics.sort((a, b) => a.localeCompare(b, 'en-GB'));
}

/** True once the installation holds anything: the demo then stays away. */
export async function hasEvents(): Promise<boolean> {
  return (await EventModel.exists({})) !== null;
}
