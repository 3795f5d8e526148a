import { SpeakerInviteModel, type SpeakerInvite } from './speaker-invite.model.ts';

export type { SpeakerInvite };

/** Without a scope: for the jobs, whose messages name one. */
export async function findSpeakerInvite(speakerInviteId: string): Promise<SpeakerInvite | null> {
  return SpeakerInviteModel.findOne({ _id: speakerInviteId }).lean();
}

/** What stands in calendars now; withdrawn invites are history. */
export async function listStandingInvites(eventId: string): Promise<SpeakerInvite[]> {
  return SpeakerInviteModel.find({ eventId, state: 'invited' }).lean();
}
