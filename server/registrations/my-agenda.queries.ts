import { trusted } from 'mongoose';
import type { Actor, Pass } from '../contracts/actor.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { mayChooseSessions } from './my-agenda.rules.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';

/** What choosing sessions and its calendar need of a place; nothing that was said in confidence. */
export type ChoosingPlace = Pick<
  Registration,
  | '_id'
  | 'eventId'
  | 'organiserId'
  | 'email'
  | 'status'
  | 'starredSessionIds'
  | 'starsChangedAt'
  | 'createdAt'
  | 'confirmedAt'
  | 'cancelledAt'
>;
const fields = {
  eventId: 1,
  organiserId: 1,
  email: 1,
  status: 1,
  starredSessionIds: 1,
  starsChangedAt: 1,
  createdAt: 1,
  confirmedAt: 1,
  cancelledAt: 1,
} as const;

/** For who may choose its sessions; to everybody else the place does not exist. */
export async function getChoosingPlace(actor: Actor, registrationId: string): Promise<ChoosingPlace> {
  if (actor.kind === 'visitor') throw new AppError('not-signed-in', 'Sign in to see your agenda.');
  const place = await RegistrationModel.findOne({ _id: registrationId }, fields).lean<ChoosingPlace | null>();
  if (!place || !mayChooseSessions(actor, place)) throw notFound('that place');
  return place;
}

/** The reader's place at an event: that of the address they signed in with before one they hold a link to. */
export async function findPlaceOfReader(
  eventId: string,
  { actor, passes }: { readonly actor: Actor; readonly passes: readonly Pass[] },
): Promise<ChoosingPlace | null> {
  const ids = passes.filter((pass) => pass.eventId === eventId).map(({ registrationId }) => registrationId);
  const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
  if (email === null && ids.length === 0) return null;
  const places = await RegistrationModel.find(
    {
      eventId,
      status: 'confirmed',
      $or: [...(email === null ? [] : [{ email }]), { _id: trusted({ $in: ids }) }],
    },
    fields,
  ).lean<ChoosingPlace[]>();
  return places.find((place) => place.email === email) ?? places[0] ?? null;
}

/** What the calendar of an address is made of: places that stand, and those given up since. */
export async function listPlacesForCalendar(email: string, givenUpSince: Date): Promise<ChoosingPlace[]> {
  return RegistrationModel.find(
    {
      email,
      $or: [
        { status: 'confirmed' },
        {
          status: 'cancelled',
          confirmedAt: trusted({ $ne: null }),
          cancelledAt: trusted({ $gt: givenUpSince }),
        },
      ],
    },
    fields,
  )
    .sort({ createdAt: 1, _id: 1 })
    .lean<ChoosingPlace[]>();
}
