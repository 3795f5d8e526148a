import { listAnnouncementsOfRoom } from '../announcements/announcement.queries.ts';
import { lastChatOfRoom, listReports } from '../chat/chat.queries.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LiveAgenda, LiveSnapshot } from '../contracts/live-snapshot.ts';
import { getEvent } from '../events/event.queries.ts';
import { getLastSeq } from '../live-log/live-log.queries.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { listHandsAndSilenced } from '../participants/participant.queries.ts';
import { listPollsOfRoom } from '../polls/poll.queries.ts';
import { listQuestionsOfRoom } from '../questions/question.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listPicturesOfRoom } from '../streams/stream.queries.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';
import { liveSessionOf } from './live.rules.ts';

export async function getLiveAgenda(eventId: string): Promise<LiveAgenda> {
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
      isRehearsal: Boolean(event.rehearsalOf),
      cancellationReason: event.cancellationReason ?? null,
      zone: event.zone,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      stages: event.stages.map(({ id, name }) => ({ id, name })),
    },
    sessions: sessions.map((session) => liveSessionOf(session, names)),
  };
}

/** What one audience sees. Viewers' never holds what only moderators may know. */
export async function getLiveSnapshot(
  eventId: string,
  audience: LiveAudience,
  now: Date,
): Promise<LiveSnapshot> {
  const isModerators = audience === 'moderators';
  const [agenda, { room }, pictures, announcements, chat, questions, polls, reports, people] =
    await Promise.all([
      getLiveAgenda(eventId),
      getLiveRoomSettings(eventId),
      listPicturesOfRoom(eventId),
      listAnnouncementsOfRoom(eventId, now),
      lastChatOfRoom(eventId, audience),
      listQuestionsOfRoom(eventId, audience),
      listPollsOfRoom(eventId, audience),
      isModerators ? listReports(eventId) : [],
      isModerators ? listHandsAndSilenced(eventId, now) : { hands: [], silenced: [] },
    ]);
  return { ...agenda, room, pictures, announcements, chat, questions, polls, reports, ...people };
}

/** A room and the number of its log; read in this order, a fact between the two is only told twice. */
export async function getLiveRoom(
  eventId: string,
  audience: LiveAudience,
  now: Date,
): Promise<{ readonly seq: number; readonly snapshot: LiveSnapshot }> {
  const seq = await getLastSeq(eventId, audience);
  return { seq, snapshot: await getLiveSnapshot(eventId, audience, now) };
}
