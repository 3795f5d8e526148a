import { trusted } from 'mongoose';
import type { Actor, Pass } from '../contracts/actor.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { getEvent } from '../events/event.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { readTogether } from '../platform/database/read-together.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';
import type { SkipReason } from '../platform/outbox/deliver-skip.ts';
import { isHolder } from './registration.rules.ts';

export type { Registration };

/** By id alone: for jobs, and for links that carry their own proof. */
export async function findRegistration(registrationId: string): Promise<Registration | null> {
  return RegistrationModel.findOne({ _id: registrationId }).lean();
}

/** The same for a place that is there and one that is not. */
const needsSignIn = () => new AppError('not-signed-in', 'Sign in to see your place.');

/** For its holder only; to everybody else it does not exist. */
export async function getOwnRegistration(actor: Actor, registrationId: string): Promise<Registration> {
  if (actor.kind === 'visitor') throw needsSignIn();
  const registration = await findRegistration(registrationId);
  if (!registration || !isHolder(actor, registration)) throw notFound('that place');
  return registration;
}

/** For its holder, and for members of the organiser who may change registrations. */
export async function getChangeableRegistration(actor: Actor, registrationId: string): Promise<Registration> {
  if (actor.kind === 'visitor') throw needsSignIn();
  const registration = await findRegistration(registrationId);
  if (!registration) throw notFound('that place');
  const mayChange =
    isHolder(actor, registration) || hasPermission(actor, 'registration:edit', registration.organiserId);
  if (!mayChange) throw notFound('that place');
  return registration;
}

/** All places of a signed-in address, the newest first. */
export async function listRegistrationsOfAddress(email: string): Promise<Registration[]> {
  return RegistrationModel.find({ email }).sort({ createdAt: -1, _id: 1 }).lean();
}

const readByEmail = readTogether<Registration>(
  (eventId, emails) => RegistrationModel.find({ eventId, email: trusted({ $in: [...emails] }) }).lean(),
  ({ email }) => email,
);

/** The place that lets this viewer into the live room: by signing in with its address, or by a pass to it. */
export async function findRegistrationForViewer(
  eventId: string,
  actor: Actor,
  passes: readonly Pass[],
): Promise<{ registrationId: string; name: string; organisation: string; hasEntered: boolean } | null> {
  // A manage pass changes a place; only a join pass watches, on as many devices as one may have.
  const ids = passes
    .filter((pass) => pass.kind === 'join' && pass.eventId === eventId)
    .map(({ registrationId }) => registrationId);
  const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
  // One key each, and the rest looked at here: by status an index would walk everybody who has a place.
  const byEmail = email === null ? null : await readByEmail(eventId, email);
  const byPass =
    ids.length === 0 || byEmail?.status === 'confirmed'
      ? []
      : await RegistrationModel.find({ _id: trusted({ $in: ids }) }).lean();
  const registration =
    [byEmail, ...byPass].find((found) => found?.status === 'confirmed' && found.eventId === eventId) ?? null;
  return (
    registration && {
      registrationId: registration._id,
      name: registration.name,
      organisation: registration.organisation,
      hasEntered: Boolean(registration.firstEnteredAt),
    }
  );
}

/** Confirmed places of an event by their ids, as far as a live room must know them. */
export async function listPlaces(
  eventId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { _id: string; email: string; hasEntered: boolean }>> {
  const found = await RegistrationModel.find(
    { _id: trusted({ $in: [...ids] }) },
    { eventId: 1, status: 1, email: 1, firstEnteredAt: 1 },
  ).lean();
  return new Map(
    found
      .filter((place) => place.eventId === eventId && place.status === 'confirmed')
      .map(({ _id, email, firstEnteredAt }) => [_id, { _id, email, hasEntered: Boolean(firstEnteredAt) }]),
  );
}

export type RegistrationForMail = Omit<Registration, 'accessNeeds' | 'answers' | 'consents'>;

/** What mails and calendar invites are made of; never what was said in confidence. */
export async function getRegistrationForMail(registrationId: string): Promise<RegistrationForMail> {
  const registration = await RegistrationModel.findOne(
    { _id: registrationId },
    { accessNeeds: 0, answers: 0, consents: 0 },
  ).lean<RegistrationForMail>();
  if (!registration) throw notFound('that place');
  return registration;
}

/** `getRegistrationForMail` for many, by id; those that are not there are missing. */
export async function listRegistrationsForMail(
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, RegistrationForMail>> {
  const found = await RegistrationModel.find(
    { _id: trusted({ $in: [...registrationIds] }) },
    { accessNeeds: 0, answers: 0, consents: 0 },
  ).lean<RegistrationForMail[]>();
  return new Map(found.map((registration) => [registration._id, registration]));
}

/** One page of ids, in order, after `afterId`: for what is sent to everybody who has a place. */
export async function listConfirmedIds(
  eventId: string,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<string[]> {
  const found = await RegistrationModel.find(
    { eventId, status: 'confirmed', _id: trusted({ $gt: afterId }) },
    { _id: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id }) => _id);
}

export async function countConfirmed(eventId: string): Promise<number> {
  return RegistrationModel.countDocuments({ eventId, status: 'confirmed' });
}

export interface RegistrationRow {
  readonly registrationId: string;
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly jobTitle: string;
  readonly status: Registration['status'];
  readonly createdAt: Date;
}

/** One page of an event's registrations for the console, the earliest first; pages count from 1. */
export async function listRegistrationsOfEvent(
  organiserId: string,
  eventId: string,
  page: { readonly number: number; readonly size: number },
): Promise<{ rows: RegistrationRow[]; total: number }> {
  const filter = { organiserId, eventId };
  const [found, total] = await Promise.all([
    RegistrationModel.find(filter, { accessNeeds: 0, answers: 0, consents: 0 })
      .sort({ createdAt: 1, _id: 1 })
      .skip((page.number - 1) * page.size)
      .limit(page.size)
      .lean(),
    RegistrationModel.countDocuments(filter),
  ]);
  const rows = found.map(({ _id, name, email, organisation, jobTitle, status, createdAt }) => ({
    registrationId: _id,
    name,
    email,
    organisation,
    jobTitle,
    status,
    createdAt,
  }));
  return { rows, total };
}

/** Access needs of some registrations of one event by registration id, still sealed; only those that said something. */
export async function listAccessNeeds(
  eventId: string,
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await RegistrationModel.find(
    { eventId, _id: trusted({ $in: [...registrationIds] }), accessNeeds: trusted({ $ne: null }) },
    { accessNeeds: 1 },
  ).lean();
  return new Map(found.flatMap(({ _id, accessNeeds }) => (accessNeeds ? [[_id, accessNeeds] as const] : [])));
}

/**
 * Why a mail about a place may not leave any more: the place was given up or changed hands, or the event that it
 * reminds of does not start then; null when it may.
 */
export async function findPlaceObstacle({
  registrationId,
  inviteUid,
  startsAt,
}: {
  readonly registrationId: string;
  readonly inviteUid: string;
  readonly startsAt?: Date | undefined;
}): Promise<SkipReason | null> {
  const standing = await findStandingPlace('', registrationId);
  if (standing?.inviteUid !== inviteUid) return 'place-ended';
  if (!startsAt) return null;
  const event = await getEvent(standing.eventId);
  const isOn = event.status === 'published' && event.startsAt.getTime() === startsAt.getTime();
  return isOn ? null : 'superseded';
}

/** Asked for each mail just before it leaves: those that ask at the same time are answered by one read. */
const findStandingPlace = gatherByKey<string, { inviteUid: string; eventId: string } | null>(
  async (_key, ids) => {
    const standing = await RegistrationModel.find(
      { _id: trusted({ $in: [...ids] }), status: 'confirmed' },
      { inviteUid: 1, eventId: 1 },
    ).lean();
    const places = new Map(standing.map((place) => [place._id, place]));
    return ids.map((id) => places.get(id) ?? null);
  },
  { atMost: 100, waitMs: 15 },
);
