import { getEvent, type Event } from '../events/event.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';
import { listStandingInvites, type SpeakerInvite } from './speaker-invite.queries.ts';
import { planSpeakerInvites, type InviteStep } from './speaker-invite.rules.ts';

/** What is not yet in the calendars of those who speak and lead at an event. */
export async function readDueInvites(
  eventId: string,
  at: Date,
): Promise<{ event: Event; steps: InviteStep<SpeakerInvite>[] }> {
  // One after the other: these may be the first statements of a transaction, and only one can begin it.
  const event = await getEvent(eventId);
  const sessions = await listSessionsOfEvent(eventId);
  const invites = await listStandingInvites(eventId);
  const ids = sessions.flatMap(({ speakerIds, moderatorIds }) => [...speakerIds, ...moderatorIds]);
  const people = await listSpeakersByIds(event.organiserId, [
    ...new Set([...ids, ...invites.map(({ speakerId }) => speakerId)]),
  ]);
  return { event, steps: planSpeakerInvites({ event, sessions, people, invites }, at) };
}
