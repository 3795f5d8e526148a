import type { Event } from '../events/event.queries.ts';
import { isSpeakerBanned } from '../participants/participant.queries.ts';
import { listSessionsOfSpeaker } from '../sessions/session.queries.ts';
import { StudioRoomModel } from './studio-room.model.ts';
import { keyOfStudio, seatsAt, type SeatHeld, type StudioPlace } from './studio-room.rules.ts';
import { speakerOf } from './studio-ticket.rules.ts';

/** Those who are in the room now. */
export async function listStudioSeats(place: StudioPlace, now: Date): Promise<SeatHeld[]> {
  const stored = await StudioRoomModel.findById(keyOfStudio(place)).lean();
  return seatsAt(stored?.seats ?? [], now);
}

/**
 * The stage of one of a speaker's own sessions, and no other. `asked` undefined: the first one's. null: none, or not
 * that one.
 */
export async function findStageOfSpeaker(
  event: Pick<Event, '_id' | 'title' | 'stages'>,
  speakerId: string,
  asked: string | null | undefined,
): Promise<{ readonly id: string | null; readonly name: string } | null> {
  const own = (await listSessionsOfSpeaker(speakerId)).filter(({ eventId }) => eventId === event._id);
  const session =
    asked === undefined ? own[0] : own.find(({ stageId }) => (stageId ?? null) === (asked ?? null));
  if (!session) return null;
  const id = session.stageId ?? null;
  return { id, name: event.stages.find((stage) => stage.id === id)?.name ?? event.title };
}

/** Whether a ticket's person still has a part on its stage, and was not sent out. An organiser's right was checked when it was given. */
export async function mayGoOnAir(
  event: Parameters<typeof findStageOfSpeaker>[0],
  stageId: string | null,
  person: string,
): Promise<boolean> {
  const speakerId = speakerOf(person);
  if (speakerId === null) return true;
  if (await isSpeakerBanned(event._id, speakerId)) return false;
  return (await findStageOfSpeaker(event, speakerId, stageId)) !== null;
}
