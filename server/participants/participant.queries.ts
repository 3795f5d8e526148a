import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { RaisedHand, SilencedViewer } from '../contracts/live-room-settings.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { listRegistrationsOfAddress } from '../registrations/registration.queries.ts';
import { listSpeakersOfAddress } from '../speakers/speaker.queries.ts';
import { ParticipantModel, type Participant } from './participant.model.ts';

import { authorOf, silencedViewerOf } from './participant.rules.ts';

export type { Participant };

export async function findParticipant(eventId: string, participantId: string): Promise<Participant | null> {
  return ParticipantModel.findOne({ _id: participantId, eventId }).lean();
}

export async function listParticipants(
  eventId: string,
  participantIds: readonly string[],
): Promise<ReadonlyMap<string, Participant>> {
  const found = await ParticipantModel.find({ eventId, _id: trusted({ $in: [...participantIds] }) }).lean();
  return new Map(found.map((participant) => [participant._id, participant]));
}

/** A speaker who was sent out of the event's room. */
export async function isSpeakerBanned(eventId: string, speakerId: string): Promise<boolean> {
  return (await ParticipantModel.exists({ eventId, speakerId, bannedAt: trusted({ $ne: null }) })) !== null;
}

/** Whom a message about somebody's right to watch is about: one person, in one event or in all they were at. */
export async function listParticipantsOf(
  whose: OutboxPayload<'viewing:ended'>,
): Promise<Pick<Participant, '_id' | 'eventId'>[]> {
  const fields = { eventId: 1 } as const;
  switch (whose.by) {
    case 'participant':
      return ParticipantModel.find({ _id: whose.participantId }, fields).lean();
    case 'registration':
      return ParticipantModel.find({ registrationId: whose.registrationId }, fields).lean();
    case 'member':
      return ParticipantModel.find({ memberId: whose.memberId }, fields).lean();
    case 'email': {
      const [registrations, speakers] = await Promise.all([
        listRegistrationsOfAddress(whose.email),
        listSpeakersOfAddress(whose.email),
      ]);
      const ids = (found: readonly { readonly _id: string }[]) =>
        trusted({ $in: found.map(({ _id }) => _id) });
      const ofPlaces = ParticipantModel.find({ registrationId: ids(registrations) }, fields).lean();
      const asSpeaker = ParticipantModel.find({ speakerId: ids(speakers) }, fields).lean();
      return [...(await ofPlaces), ...(speakers.length > 0 ? await asSpeaker : [])];
    }
  }
}

/** Raised hands, the earliest first, and who may not speak; for moderators. */
export async function listHandsAndSilenced(
  eventId: string,
  now: Date,
): Promise<{ readonly hands: RaisedHand[]; readonly silenced: SilencedViewer[] }> {
  const found = await ParticipantModel.find({
    eventId,
    $or: [
      { raisedHandAt: trusted({ $ne: null }) },
      { bannedAt: trusted({ $ne: null }) },
      { silencedUntil: trusted({ $gt: now }) },
    ],
  })
    .sort({ raisedHandAt: 1, _id: 1 })
    .lean();
  return {
    hands: found.flatMap((person) =>
      person.raisedHandAt && !person.bannedAt
        ? [
            {
              participant: authorOf(person),
              stageId: person.handStageId ?? null,
              at: person.raisedHandAt.toISOString(),
            },
          ]
        : [],
    ),
    silenced: found.flatMap((person) => {
      const viewer = silencedViewerOf(person, now);
      return viewer.until || viewer.isBanned ? [viewer] : [];
    }),
  };
}

/** Who is called one of these folded names; a few, because a room may hold many namesakes. */
export async function listNamesakes(
  eventId: string,
  searchNames: readonly string[],
): Promise<Pick<Participant, '_id' | 'searchName'>[]> {
  if (searchNames.length === 0) return [];
  return ParticipantModel.find(
    { eventId, searchName: trusted({ $in: [...searchNames] }), bannedAt: null },
    { searchName: 1 },
  )
    .limit(50)
    .lean();
}

/** Somebody moderators may silence or send out: everybody but members of the organiser, who answer to their owner. */
export async function getModeratedPerson(eventId: string, participantId: string): Promise<Participant> {
  const person = await findParticipant(eventId, participantId);
  if (!person) throw notFound('that person');
  if (person.memberId)
    throw new AppError('forbidden', 'Members of your organisation cannot be silenced or sent out.');
  return person;
}
