import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, LiveAck, ServerToClient } from '../../server/contracts/live-events.ts';
import type { JoinAnswer, LiveMessageName } from '../../server/contracts/live-messages.ts';
import type { LiveAudience, NumberedFact } from '../../server/contracts/live-facts.ts';
import type { MemberRole } from '../../server/contracts/actor.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { OrganiserModel } from '../../server/organisers/organiser.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { hashToken, newToken } from '../../server/platform/secrets/secret-box.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

/** An event of today with a welcome, a talk and a closing on one stage, stored directly. */
export async function seedLiveDay(now: Date, options: { slug?: string; isAutomatic?: boolean } = {}) {
  const organiserId = newId();
  const eventId = newId();
  const slug = options.slug ?? `live-${eventId.slice(0, 8)}`;
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const local = (date: Date) => date.toISOString().slice(0, 16);
  const span = (from: number, to: number) => ({
    startsAt: at(from),
    endsAt: at(to),
    startsAtLocal: local(at(from)),
    endsAtLocal: local(at(to)),
  });
  await OrganiserModel.create([
    {
      _id: organiserId,
      name: 'PSE365',
      slug: `o-${organiserId.slice(0, 8)}`,
      contactEmail: 'hello@pse365.example',
      createdAt: now,
    },
  ]);
  await EventModel.create([
    {
      _id: eventId,
      organiserId,
      slug,
      title: 'Decarbonising the Public Estate',
      status: 'published',
      zone: 'Europe/London',
      ...span(-10, 110),
      stages: [{ id: 'main', name: 'Main stage' }],
      createdAt: at(-1000),
      publishedAt: at(-900),
    },
  ]);
  const sessionIds = [newId(), newId(), newId()] as const;
  const planned = [
    { _id: sessionIds[0], title: 'Welcome to the day', kind: 'welcome', ...span(-5, 10) },
    { _id: sessionIds[1], title: 'Heat pumps in old hospitals', kind: 'talk', ...span(10, 55) },
    { _id: sessionIds[2], title: 'Closing', kind: 'closing', ...span(60, 75) },
  ] as const;
  await SessionModel.insertMany(
    planned.map((session) => ({
      ...session,
      eventId,
      organiserId,
      stageId: 'main',
      isAutomatic: options.isAutomatic ?? false,
      createdAt: at(-800),
    })),
  );
  return { organiserId, eventId, slug, sessionIds };
}

/** A confirmed place and a signed-in browser for it; `signInId` is for revoking. */
export async function seedViewer(
  eventId: string,
  organiserId: string,
  now: Date,
  email = `${newId()}@estates.example`,
) {
  const registrationId = newId();
  await RegistrationModel.create([
    {
      _id: registrationId,
      eventId,
      organiserId,
      name: 'Rhian Beddoe',
      email,
      status: 'confirmed',
      inviteUid: newId(),
      attemptKey: newId(),
      attemptSignature: 'x',
      createdAt: now,
      confirmedAt: now,
    },
  ]);
  return { registrationId, ...(await seedSignIn({ kind: 'attendee', email }, now)) };
}

export async function seedMember(organiserId: string, now: Date, role: MemberRole = 'organiser') {
  const memberId = newId();
  const email = `${memberId}@pse365.example`;
  await MemberModel.create([
    { _id: memberId, organiserId, email, name: 'Hannah Osei', role, createdAt: now },
  ]);
  return { memberId, ...(await seedSignIn({ kind: 'member', email, memberId }, now)) };
}

/** Somebody who speaks in a session, signed in with the address that the organiser has for them. */
export async function seedSpeaker(organiserId: string, sessionId: string, now: Date, name = 'Ana Sousa') {
  const speakerId = newId();
  const email = `${speakerId}@speakers.example`;
  const slug = `ana-${speakerId.slice(0, 8)}`;
  await SpeakerModel.create([
    { _id: speakerId, organiserId, slug, name, sortName: name.toLowerCase(), email, createdAt: now },
  ]);
  await SessionModel.updateOne({ _id: sessionId }, { $push: { speakerIds: speakerId } });
  return { speakerId, ...(await seedSignIn({ kind: 'attendee', email }, now)) };
}

export async function seedSignIn(
  whose: { kind: 'attendee' | 'member'; email: string; memberId?: string },
  now: Date,
): Promise<{ signInId: string; email: string; cookie: string }> {
  const token = newToken();
  const signInId = newId();
  const end = new Date(now.getTime() + 12 * 3_600_000);
  await SignInModel.create([
    {
      _id: signInId,
      tokenHash: hashToken(token),
      device: 'Chromium on Linux',
      createdAt: now,
      lastSeenAt: now,
      idleExpiresAt: end,
      expiresAt: end,
      ...whose,
    },
  ]);
  return { signInId, email: whose.email, cookie: `sid=${token}` };
}

/** Opens a socket as a page of the site would. Rejects with the server's code when it is not admitted. */
export async function connect(
  url: string,
  cookie: string,
  options: { origin?: string; transports?: ('websocket' | 'polling')[] } = {},
): Promise<LiveSocket> {
  const socket: LiveSocket = io(url, {
    transports: options.transports ?? ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie, origin: options.origin ?? url },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => {
      socket.disconnect();
      reject(Object.assign(error, { code: error.data?.code ?? 'transport' }));
    });
  });
  return socket;
}

/** Sends any message, well formed or not, and waits for the ack. */
export function ask<T extends object>(
  socket: LiveSocket,
  name: LiveMessageName,
  payload: unknown,
): Promise<LiveAck<T>> {
  return new Promise((resolve, reject) => {
    const gone = (reason: string) => reject(new Error(`disconnected: ${reason}`));
    socket.once('disconnect', gone);
    (socket as Socket).emit(name, payload, (answer: LiveAck<T>) => {
      socket.off('disconnect', gone);
      resolve(answer);
    });
  });
}

export const join = (
  socket: LiveSocket,
  eventId: string,
  lastSeq: number | null = null,
  audience: LiveAudience = 'viewers',
) => ask<JoinAnswer>(socket, 'live:join', { eventId, audience, lastSeq });

/** Resolves with the next pushed facts. */
export const nextFacts = (socket: LiveSocket): Promise<readonly NumberedFact[]> =>
  new Promise((resolve) => socket.once('live:facts', ({ facts }) => resolve(facts)));

export const disconnected = (socket: LiveSocket): Promise<string> =>
  new Promise((resolve) => socket.once('disconnect', (reason) => resolve(reason)));
