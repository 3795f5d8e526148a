import { trusted } from 'mongoose';
import type { Actor, Pass } from '../contracts/actor.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LivePermission } from '../contracts/live-messages.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventTogether, type Event } from '../events/event.queries.ts';
import { findMember } from '../organisers/organiser.queries.ts';
import { roleMay, type Permission, type Role } from '../organisers/permission.rules.ts';
import { readTogether } from '../platform/database/read-together.ts';
import { newId } from '../platform/new-id.ts';
import type { EnteredPlace } from '../registrations/note-entry.ts';
import { findRegistrationForViewer } from '../registrations/registration.queries.ts';
import { findSpeakerOfEvent } from '../sessions/session.queries.ts';
import { ParticipantModel, type Participant } from './participant.model.ts';
import { foundBy, permissionOfAudience, requireWelcome, shownRole } from './participant.rules.ts';

export interface Who {
  readonly actor: Actor;
  readonly passes: readonly Pass[];
}

/** Somebody's right to be in one event's live room, before anything is stored about them. */
export interface LiveRight {
  readonly role: Role;
  readonly key: string;
  readonly name: string;
  readonly organisation: string;
  readonly registrationId: string | null;
  readonly memberId: string | null;
  readonly speakerId: string | null;
  readonly place: EnteredPlace | null;
}

type EventOfRoom = Pick<Event, '_id' | 'organiserId' | 'status' | 'publishedAt'>;
const nobody = { registrationId: null, memberId: null, speakerId: null, place: null };

/** As whom somebody may be in an event's live room; null when not at all. A member before a speaker before a place. */
export async function findLiveRight(event: EventOfRoom, { actor, passes }: Who): Promise<LiveRight | null> {
  if (actor.kind === 'member' && actor.organiserId === event.organiserId) {
    const member = await findMember(actor.memberId);
    const name = member?.name ?? 'Organiser';
    const { memberId, role } = actor;
    return { ...nobody, role, key: `member:${memberId}`, name, organisation: '', memberId };
  }
  const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
  const speaker = email ? await findSpeakerOfEvent(event, email) : null;
  if (speaker) {
    const { _id, name, organisation } = speaker;
    return { ...nobody, role: 'speaker', key: `speaker:${_id}`, name, organisation, speakerId: _id };
  }
  if (event.status === 'draft' || !event.publishedAt) return null;
  const place = await findRegistrationForViewer(event._id, actor, passes);
  if (!place) return null;
  const { registrationId, name, organisation } = place;
  return {
    ...nobody,
    role: 'attendee',
    key: `registration:${registrationId}`,
    name,
    organisation,
    registrationId,
    place,
  };
}

const readParticipant = readTogether<Participant>(
  (eventId, keys) => ParticipantModel.find({ eventId, key: trusted({ $in: [...keys] }) }).lean(),
  ({ key }) => key,
);

/**
 * The participant behind a right; made at the first visit, renamed when the person was. Safe to call at once from two
 * devices. Throws for who was sent out: there is no way in that does not ask.
 */
export async function admitParticipant(
  event: Pick<Event, '_id' | 'organiserId'>,
  right: LiveRight,
  deps: Pick<Deps, 'clock'>,
): Promise<Participant> {
  const me = await keepParticipant(event, right, deps);
  requireWelcome(me);
  return me;
}

async function keepParticipant(
  event: Pick<Event, '_id' | 'organiserId'>,
  right: LiveRight,
  { clock }: Pick<Deps, 'clock'>,
): Promise<Participant> {
  const { key, name, organisation, registrationId, memberId, speakerId } = right;
  const now = clock.now();
  const current = {
    name,
    organisation,
    role: shownRole(right.role),
    ...foundBy({ name, organisation }),
  };
  const known = await readParticipant(event._id, key);
  if (known && known.name === name && known.organisation === organisation && known.role === current.role)
    return known;
  const stored = await ParticipantModel.findOneAndUpdate(
    { eventId: event._id, key },
    {
      $set: current,
      $setOnInsert: {
        _id: newId(),
        organiserId: event.organiserId,
        registrationId,
        memberId,
        speakerId,
        createdAt: now,
      },
    },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  if (!stored) throw new Error('A participant was not stored');
  return stored;
}

/** Somebody in a live room, as a handler sees them. */
export interface InRoom {
  readonly event: Event;
  readonly right: LiveRight;
  readonly me: Participant;
  /** For audit rows. */
  readonly actor: Actor;
}

/**
 * Who sends a message to an event's live room, with the permission it needs; throws for whoever may not. A stranger
 * learns nothing about what moderators can do.
 */
export async function enterLiveRoom(
  who: Who,
  { eventId, permission }: { readonly eventId: string; readonly permission: Permission | LivePermission },
  deps: Pick<Deps, 'clock'>,
): Promise<InRoom> {
  const event = await getEventTogether(eventId);
  const right = await findLiveRight(event, who);
  const isPublic = event.status !== 'draft' && Boolean(event.publishedAt);
  if (!right) {
    if (!isPublic || !roleMay('attendee', permission)) throw notFound('that event');
    throw new AppError('forbidden', 'You have no place at this event. Register to take part.');
  }
  if (!roleMay(right.role, permission)) {
    if (right.role === 'attendee' || right.role === 'speaker') throw notFound('that event');
    throw new AppError('forbidden', 'Your role does not allow this. Ask an owner of your organisation.');
  }
  const me = await admitParticipant(event, right, deps);
  const { actor, passes } = who;
  const pass = passes.find(({ registrationId }) => registrationId === right.registrationId);
  return { event, right, me, actor: actor.kind === 'visitor' && pass ? { kind: 'pass', pass } : actor };
}

/** `enterLiveRoom` for one audience's log. */
export async function enterAudience(
  who: Who,
  { eventId, audience }: { readonly eventId: string; readonly audience: LiveAudience },
  deps: Pick<Deps, 'clock'>,
): Promise<InRoom> {
  return enterLiveRoom(who, { eventId, permission: permissionOfAudience[audience] }, deps);
}
