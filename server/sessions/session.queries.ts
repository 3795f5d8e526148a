import { trusted } from 'mongoose';
import { notFound } from '../contracts/problem.ts';
import { findSpeakerByEmail, type Speaker } from '../speakers/speaker.queries.ts';
import { SessionModel, type Session } from './session.model.ts';
import { isRehearsalId } from '../events/event.rules.ts';
import { shareStage } from './session.rules.ts';

export type { Session };

/** The agenda in order of start, cancelled sessions included. */
export async function listSessionsOfEvent(eventId: string): Promise<Session[]> {
  return SessionModel.find({ eventId }).sort({ startsAt: 1, _id: 1 }).lean();
}

/** Sessions of several events, in order of start. */
export async function listSessionsOfEvents(eventIds: readonly string[]): Promise<Session[]> {
  if (eventIds.length === 0) return [];
  return SessionModel.find({ eventId: trusted({ $in: [...eventIds] }) })
    .sort({ startsAt: 1, _id: 1 })
    .lean();
}

/** Where a person speaks or leads, cancelled sessions left out, in order of start. */
export async function listSessionsOfSpeaker(speakerId: string): Promise<Session[]> {
  return SessionModel.find({ ...partOf(speakerId), state: trusted({ $ne: 'cancelled' }) })
    .sort({ startsAt: 1, _id: 1 })
    .lean();
}

/** Every event that a person speaks or leads at; a rehearsal is not told of changes. */
export async function listEventIdsOfSpeaker(speakerId: string): Promise<string[]> {
  const eventIds = await SessionModel.distinct('eventId', partOf(speakerId));
  return eventIds.filter((eventId) => !isRehearsalId(eventId));
}

/** Sessions that a person speaks in or leads. */
export const partOf = (speakerId: string) => ({
  $or: [{ speakerIds: speakerId }, { moderatorIds: speakerId }],
});

/** The speaker, or chair, of a session of this event whose address this is; null for everybody else. */
export async function findSpeakerOfEvent(
  event: { readonly _id: string; readonly organiserId: string },
  email: string,
): Promise<Speaker | null> {
  const speaker = await findSpeakerByEmail(event.organiserId, email);
  if (!speaker) return null;
  const filter = { eventId: event._id, ...partOf(speaker._id) };
  return (await SessionModel.exists(filter)) ? speaker : null;
}

export async function getSessionOfEvent(eventId: string, sessionId: string): Promise<Session> {
  const session = await SessionModel.findOne({ _id: sessionId, eventId }).lean();
  if (!session) throw notFound('that session');
  return session;
}

/** A session that is on air, or paused, on a stage that `session` needs too. */
export async function findBusySession(session: Session): Promise<Session | null> {
  const onAir = await SessionModel.find({
    eventId: session.eventId,
    state: trusted({ $in: ['live', 'paused'] }),
    _id: trusted({ $ne: session._id }),
  }).lean();
  return onAir.find((other) => shareStage(other.stageId ?? null, session.stageId ?? null)) ?? null;
}

const longestLookBackMs = 48 * 3_600_000;

/** Automatic sessions whose planned start or end has come, earliest first. What was missed for two days stays missed. */
export async function listDueSessions(now: Date, limit: number): Promise<Session[]> {
  return SessionModel.find({
    isAutomatic: true,
    kind: trusted({ $ne: 'break' }),
    $or: [
      {
        state: 'scheduled',
        startsAt: trusted({ $lte: now, $gte: new Date(now.getTime() - longestLookBackMs) }),
      },
      { state: 'live', endsAt: trusted({ $lte: now }) },
    ],
  })
    .sort({ startsAt: 1, _id: 1 })
    .limit(limit)
    .lean();
}
