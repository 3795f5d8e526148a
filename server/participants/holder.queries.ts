import type { RightsHolder } from '../platform/realtime/changed-rights.ts';
import { findRegistration } from '../registrations/registration.queries.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';
import type { Participant } from './participant.queries.ts';

/** By what the sockets of a participant who is no member are known. */
export async function findHolder(
  person: Pick<Participant, 'organiserId' | 'registrationId' | 'speakerId'>,
): Promise<RightsHolder | null> {
  if (person.registrationId) {
    const registration = await findRegistration(person.registrationId);
    return registration && { registrationId: registration._id, email: registration.email };
  }
  if (!person.speakerId) return null;
  const [speaker] = await listSpeakersByIds(person.organiserId, [person.speakerId]);
  return speaker?.email ? { registrationId: '', email: speaker.email } : null;
}
