import type { Deps } from '../deps.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { findEventUpdate, findToldEvent, listOwedVersions } from './event-update.queries.ts';
import { EventUpdateModel, type EventUpdate } from './event-update.model.ts';
import { storeToldEvent } from './store-told-event.ts';
import { dueAfter, isTold, toldEventOf } from './told-event.rules.ts';

const nothingWaits = { dueAt: null, firstChangedAt: null } as const;

/**
 * Takes up what changed since the event was last looked at, and plans when it is told. Looking again at the same
 * version does nothing, so it does not matter who looks first: the job, or somebody who presses a button. Returns
 * what waits now. Call inside a transaction.
 */
export async function planUpdate(
  eventId: string,
  deps: Pick<Deps, 'clock' | 'config'>,
): Promise<EventUpdate | null> {
  const now = deps.clock.now();
  const event = await getEvent(eventId);
  if (event.status === 'draft') return null;
  const known = await findEventUpdate(eventId);
  if (!isTold(event, now)) return known && drop(known);
  const state = toldEventOf(event, await listSessionsOfEvent(eventId));
  const fingerprint = await storeToldEvent(event, state, now);
  const update = known ?? (await begin(event));
  if (update.seenVersion >= event.toldVersion) return update;

  const seen = { _id: eventId, seenVersion: update.seenVersion };
  const isSeen = { seenVersion: event.toldVersion };
  const previous = await findToldEvent(eventId, update.seenVersion);
  // A description or a speaker: nothing that an invite tells, so nothing is put off by it.
  if (previous?.fingerprint === fingerprint) return move(seen, isSeen);
  const sent = await findToldEvent(eventId, update.sentVersion);
  const isOwed = sent?.fingerprint !== fingerprint || (await listOwedVersions(event, fingerprint)).length > 0;
  if (!isOwed) return move(seen, { ...isSeen, ...nothingWaits });

  const firstChangedAt = (update.dueAt && update.firstChangedAt) ?? now;
  const dueAt = dueAfter(now, firstChangedAt, deps.config.updateDelayMinutes);
  const version = event.toldVersion;
  await addOutboxMessages([
    {
      message: { kind: 'event:update-due', payload: { eventId, version } },
      options: { at: now, dueAt, dedupeKey: `event:update-due:${eventId}:${version}` },
    },
  ]);
  return move(seen, { ...isSeen, version, firstChangedAt, dueAt });
}

/** The first look, at publishing. One that comes later finds that nobody knows what was told before. */
async function begin({ _id, toldVersion }: Event): Promise<EventUpdate> {
  const [begun] = await EventUpdateModel.create([
    { _id, sentVersion: 0, seenVersion: toldVersion === 0 ? 0 : -1 },
  ]);
  if (!begun) throw new Error('The gathering of an event was not stored');
  return begun.toObject();
}

async function drop(update: EventUpdate): Promise<EventUpdate> {
  if (!update.dueAt) return update;
  return move({ _id: update._id, seenVersion: update.seenVersion }, nothingWaits);
}

async function move(
  from: Pick<EventUpdate, '_id' | 'seenVersion'>,
  fields: Partial<EventUpdate>,
): Promise<EventUpdate> {
  const moved = await EventUpdateModel.findOneAndUpdate(
    from,
    { $set: fields },
    { returnDocument: 'after' },
  ).lean();
  if (!moved) throw new Error('The gathering of an event moved on; the message is tried again');
  return moved;
}
