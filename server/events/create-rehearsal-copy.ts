import { newId } from '../platform/new-id.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';
import { EventModel, type Event } from './event.model.ts';

/**
 * A hidden copy of an event, moved in time. A unique index holds that there is one only: a second one throws. Its id
 * is new each time, so that nothing of an earlier rehearsal can be taken for this one. Call in the transaction that
 * fills it.
 */
export async function createRehearsalCopy(event: Event, shiftMs: number, now: Date): Promise<string> {
  const _id = `rehearsal-${newId()}`;
  const moved = (at: Date) => new Date(at.getTime() + shiftMs);
  const [startsAt, endsAt] = [moved(event.startsAt), moved(event.endsAt)];
  const copy: Event = {
    ...event,
    _id,
    slug: _id,
    status: 'draft',
    rehearsalOf: event._id,
    startsAt,
    endsAt,
    startsAtLocal: wallTimeOfInstant(startsAt, event.zone),
    endsAtLocal: wallTimeOfInstant(endsAt, event.zone),
    revision: 1,
    toldVersion: 0,
    reminders: [],
    series: null,
    isOnDemand: false,
    createdAt: now,
    editedAt: null,
    publishedAt: null,
    cancelledAt: null,
    cancellationReason: null,
  };
  await EventModel.create([copy]);
  return _id;
}
