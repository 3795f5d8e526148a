import type { Actor, Pass } from '../contracts/actor.ts';
import type { LiveAudience } from '../contracts/live-events.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { getEvent } from '../events/event.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import type { EnteredPlace } from '../registrations/note-entry.ts';
import { findRegistrationForViewer } from '../registrations/registration.queries.ts';

type Event = Awaited<ReturnType<typeof getEvent>>;

interface Who {
  readonly actor: Actor;
  readonly passes: readonly Pass[];
}

/** Who somebody is in a live room; a viewer has a place. */
export type LiveRole =
  { readonly kind: 'organiser' } | { readonly kind: 'viewer'; readonly place: EnteredPlace };

/** As whom somebody may be in an event's live room; null when not at all. */
export async function findLiveRole(
  event: Pick<Event, '_id' | 'organiserId' | 'status' | 'publishedAt'>,
  audience: LiveAudience,
  { actor, passes }: Who,
): Promise<LiveRole | null> {
  const needed = audience === 'moderators' ? 'live:moderate' : 'event:read';
  if (hasPermission(actor, needed, event.organiserId)) return { kind: 'organiser' };
  if (audience === 'moderators' || !isPublic(event)) return null;
  const place = await findRegistrationForViewer(event._id, actor, passes);
  return place && { kind: 'viewer', place };
}

/** `findLiveRole` for a message that names an event by id: throws for whoever may not be there. */
export async function enterLiveRoom(
  who: Who,
  input: { readonly eventId: string; readonly audience: LiveAudience },
): Promise<{ readonly event: Event; readonly role: LiveRole }> {
  const event = await getEvent(input.eventId);
  const role = await findLiveRole(event, input.audience, who);
  if (role) return { event, role };
  if (input.audience === 'moderators' || !isPublic(event)) throw notFound('that event');
  throw new AppError('forbidden', 'You have no place at this event. Register to take part.');
}

const isPublic = (event: Pick<Event, 'status' | 'publishedAt'>): boolean =>
  event.status !== 'draft' && Boolean(event.publishedAt);
