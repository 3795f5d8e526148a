// An event that is on, with so many confirmed places and signed-in people: stored as the product stores them.
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { startEmbeddedStore } from '../../server/platform/embedded-store/start-embedded-store.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { OrganiserModel } from '../../server/organisers/organiser.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { issueTicket } from '../../server/platform/realtime/join-ticket.ts';
import { readOrMakeInstallationKey } from '../../server/platform/secrets/installation-key.ts';
import { createSecretBox, hashToken, newToken } from '../../server/platform/secrets/secret-box.ts';
import { systemClock } from '../../server/platform/time/clock.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';

export interface StoredDay {
  readonly eventId: string;
  readonly slug: string;
  readonly sessionIds: readonly string[];
  readonly viewers: readonly Viewer[];
  /** Cookies of members who direct. */
  readonly directors: readonly string[];
}
export interface Viewer {
  readonly cookie: string;
  /** Issued anew for each use: a full run is longer than a ticket lives. */
  readonly ticket: () => string;
}

const directors = 20;

export async function storeDay(folder: string, count: number): Promise<StoredDay> {
  const store = await startEmbeddedStore({ dataDirectory: folder });
  await connectDatabase(store.uri);
  await ensureIndexes();
  try {
    return await fill(folder, count);
  } finally {
    await disconnectDatabase();
    await store.close();
  }
}

async function fill(folder: string, count: number): Promise<StoredDay> {
  const now = new Date();
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const local = (date: Date) => date.toISOString().slice(0, 16);
  const span = (from: number, to: number) => ({
    startsAt: at(from),
    endsAt: at(to),
    startsAtLocal: local(at(from)),
    endsAtLocal: local(at(to)),
  });
  const [organiserId, eventId] = [newId(), newId()];
  const slug = 'a-full-day';
  await OrganiserModel.create([
    {
      _id: organiserId,
      name: 'PSE365',
      slug: 'pse365',
      contactEmail: 'hello@pse365.example',
      createdAt: now,
    },
  ]);
  const stages = Array.from({ length: directors }, (_, n) => ({ id: `stage-${n}`, name: `Stage ${n + 1}` }));
  await EventModel.create([
    {
      _id: eventId,
      organiserId,
      slug,
      title: 'Decarbonising the Public Estate',
      status: 'published',
      zone: 'Europe/London',
      ...span(-10, 600),
      stages,
      createdAt: at(-1000),
      publishedAt: at(-900),
    },
  ]);
  const sessions = stages.map(({ id }, n) => ({
    _id: newId(),
    eventId,
    organiserId,
    stageId: id,
    title: `Heat pumps in listed buildings, part ${n + 1}`,
    kind: 'talk' as const,
    isAutomatic: false,
    ...span(-5, 600),
    createdAt: at(-800),
  }));
  await SessionModel.create(sessions);
  const members = Array.from({ length: directors }, (_, n) => ({
    _id: newId(),
    organiserId,
    email: `director-${n}@pse365.example`,
    name: `Director ${n}`,
    role: 'organiser' as const,
    createdAt: now,
  }));
  await MemberModel.create(members);
  const people = Array.from({ length: count }, (_, n) => ({
    email: `viewer-${n}@estates.example`,
    name: `Viewer ${n}`,
    registrationId: newId(),
    participantId: newId(),
    signInId: newId(),
    token: newToken(),
  }));
  const signIn = (signInId: string, token: string) => ({
    _id: signInId,
    tokenHash: hashToken(token),
    device: 'Chromium on Linux',
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: at(720),
    expiresAt: at(720),
  });
  for (let from = 0; from < count; from += 1_000) {
    const part = people.slice(from, from + 1_000);
    await RegistrationModel.insertMany(
      part.map(({ registrationId, name, email }) => ({
        _id: registrationId,
        eventId,
        organiserId,
        name,
        email,
        status: 'confirmed',
        inviteUid: newId(),
        attemptKey: newId(),
        attemptSignature: 'x',
        createdAt: now,
        confirmedAt: now,
        // Whoever holds a ticket has been shown the room's page, which noted it.
        firstEnteredAt: now,
      })),
    );
    await ParticipantModel.insertMany(
      part.map(({ participantId, registrationId, name }) => ({
        _id: participantId,
        eventId,
        organiserId,
        key: `registration:${registrationId}`,
        registrationId,
        name,
        searchName: name.toLowerCase(),
        role: 'attendee',
        createdAt: now,
      })),
    );
    await SignInModel.insertMany(
      part.map(({ signInId, token, email }) => ({ ...signIn(signInId, token), kind: 'attendee', email })),
    );
  }
  const tokens = members.map(() => newToken());
  await SignInModel.insertMany(
    members.map(({ _id, email }, n) => ({
      ...signIn(newId(), tokens[n] ?? ''),
      kind: 'member',
      email,
      memberId: _id,
    })),
  );
  const secrets = createSecretBox(readOrMakeInstallationKey(folder));
  return {
    eventId,
    slug,
    sessionIds: sessions.map(({ _id }) => _id),
    directors: tokens.map((token) => `sid=${token}`),
    viewers: people.map(({ email, registrationId, participantId, signInId, token }) => ({
      cookie: `sid=${token}`,
      ticket: () =>
        issueTicket(
          {
            eventId,
            participantId,
            role: 'attendee',
            person: `attendee:${email}`,
            registrationId,
            signInIds: [signInId],
          },
          { secrets, clock: systemClock },
        ),
    })),
  };
}
