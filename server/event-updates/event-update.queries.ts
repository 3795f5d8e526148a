import type { Event } from '../events/event.queries.ts';
import { countToldVersions } from '../registrations/told-version.queries.ts';
import type { Session } from '../sessions/session.queries.ts';
import { wordsForChanges } from './change-words.rules.ts';
import { EventUpdateModel, type EventUpdate } from './event-update.model.ts';
import { ToldEventModel, type StoredToldEvent } from './told-event.model.ts';
import { dueAfter, fingerprintOf, isTold, toldEventOf } from './told-event.rules.ts';

export const toldEventId = (eventId: string, version: number): string => `${eventId} ${version}`;

export async function findEventUpdate(eventId: string): Promise<EventUpdate | null> {
  return EventUpdateModel.findOne({ _id: eventId }).lean();
}

export async function findToldEvent(eventId: string, version: number): Promise<StoredToldEvent | null> {
  return ToldEventModel.findOne({ _id: toldEventId(eventId, version) }).lean();
}

/** Versions of an event that tell what `fingerprint` stands for. */
export async function listVersionsAlike(eventId: string, fingerprint: string): Promise<number[]> {
  const alike = await ToldEventModel.find({ eventId, fingerprint }, { version: 1 }).lean();
  return alike.map(({ version }) => version);
}

/** The versions that people's invites tell and that are not what the event tells now; the most people first. */
export async function listOwedVersions(
  event: Pick<Event, '_id' | 'toldVersion'>,
  fingerprint: string,
): Promise<{ version: number; people: number }[]> {
  const [told, alike] = await Promise.all([
    countToldVersions(event._id),
    listVersionsAlike(event._id, fingerprint),
  ]);
  return told
    .filter(({ version }) => version < event.toldVersion && !alike.includes(version))
    .sort((a, b) => b.people - a.people);
}

export interface PendingUpdate {
  /** What the organiser sees; sending and undoing hold for this version only. */
  readonly version: number;
  readonly changes: readonly string[];
  readonly people: number;
  readonly dueAt: Date;
  /** What everybody was told last is known, and differs. */
  readonly canUndo: boolean;
}

/**
 * What will be told, to how many and when; null when nothing waits. Read from the event itself, so that it is right
 * straight after a save, before the message about the change was handled.
 */
export async function findPendingUpdate(
  event: Event,
  sessions: readonly Session[],
  now: Date,
  delayMinutes: number,
): Promise<PendingUpdate | null> {
  if (!isTold(event, now)) return null;
  const update = await findEventUpdate(event._id);
  const isUnseen = event.toldVersion > (update?.seenVersion ?? 0);
  if (!update?.dueAt && !isUnseen) return null;
  const state = toldEventOf(event, sessions);
  const fingerprint = fingerprintOf(state);
  const owed = await listOwedVersions(event, fingerprint);
  const people = owed.reduce((sum, version) => sum + version.people, 0);
  const sent = await findToldEvent(event._id, update?.sentVersion ?? 0);
  const most = owed[0];
  if (!most) return null;
  const isUndone = sent?.fingerprint === fingerprint;
  // Changed back, but people who came meanwhile hold what was in between.
  const before = isUndone ? await findToldEvent(event._id, most.version) : sent;
  const dueAt =
    update?.dueAt && !isUnseen
      ? update.dueAt
      : dueAfter(now, update?.dueAt ? (update.firstChangedAt ?? now) : now, delayMinutes);
  return {
    version: event.toldVersion,
    changes: wordsForChanges(before, state),
    people,
    dueAt,
    canUndo: sent !== null && !isUndone,
  };
}
