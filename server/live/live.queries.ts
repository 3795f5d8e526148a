import { trusted } from 'mongoose';
import { numberedFact, type LiveAudience, type NumberedFact } from '../contracts/live-events.ts';
import type { LiveSnapshot } from '../contracts/live-snapshot.ts';
import { getEvent } from '../events/event.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';
import { LiveCounterModel } from './live-counter.model.ts';
import { LiveFactModel } from './live-fact.model.ts';
import { liveSessionOf, logKey } from './live.rules.ts';

/** 0 for a log that nothing was written to. */
export async function getLastSeq(eventId: string, audience: LiveAudience): Promise<number> {
  const counter = await LiveCounterModel.findOne({ _id: logKey(eventId, audience) }).lean();
  return counter?.lastSeq ?? 0;
}

/** Where each of these logs stands, by its key; logs that nothing was written to are missing. */
export async function listLastSeqs(keys: readonly string[]): Promise<Map<string, number>> {
  const counters = await LiveCounterModel.find({ _id: trusted({ $in: [...keys] }) }).lean();
  return new Map(counters.map(({ _id, lastSeq }) => [_id, lastSeq]));
}

/** Facts numbered `after + 1` and up, in order. */
export async function listFactsAfter(
  eventId: string,
  audience: LiveAudience,
  after: number,
  limit: number,
): Promise<NumberedFact[]> {
  const stored = await LiveFactModel.find({ eventId, audience, seq: trusted({ $gt: after }) })
    .sort({ seq: 1 })
    .limit(limit)
    .lean();
  return stored.map(({ seq, at, fact }) =>
    numberedFact.parse({ seq, at: at.toISOString(), fact: fact as unknown }),
  );
}

export async function getLiveSnapshot(eventId: string): Promise<LiveSnapshot> {
  const [event, sessions] = await Promise.all([getEvent(eventId), listSessionsOfEvent(eventId)]);
  const speakerIds = [...new Set(sessions.flatMap((session) => session.speakerIds))];
  const speakers = await listSpeakersByIds(event.organiserId, speakerIds);
  const names = new Map(speakers.map((speaker) => [speaker._id, speaker.name]));
  return {
    event: {
      id: event._id,
      slug: event.slug,
      title: event.title,
      status: event.status,
      cancellationReason: event.cancellationReason ?? null,
      zone: event.zone,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      stages: event.stages.map(({ id, name }) => ({ id, name })),
    },
    sessions: sessions.map((session) => liveSessionOf(session, names)),
  };
}

/** A room and the number of its log; read in this order, a fact between the two is only told twice. */
export async function getLiveRoom(
  eventId: string,
  audience: LiveAudience,
): Promise<{ readonly seq: number; readonly snapshot: LiveSnapshot }> {
  const seq = await getLastSeq(eventId, audience);
  return { seq, snapshot: await getLiveSnapshot(eventId) };
}
