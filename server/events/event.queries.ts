import { trusted } from 'mongoose';
import { notFound } from '../contracts/problem.ts';
import { EventModel, type Event } from './event.model.ts';

/** An event that the public may see: published, or cancelled after it was. */
export async function findPublicEventBySlug(slug: string): Promise<Event | null> {
  return EventModel.findOne({
    slug,
    status: trusted({ $in: ['published', 'cancelled'] }),
    publishedAt: trusted({ $ne: null }),
  }).lean();
}

export async function getPublicEventBySlug(slug: string): Promise<Event> {
  const event = await findPublicEventBySlug(slug);
  if (!event) throw notFound('that event');
  return event;
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
