import { randomUUID } from 'node:crypto';
import { EventModel } from '../../server/events/event.model.ts';
import { OrganiserModel } from '../../server/organisers/organiser.model.ts';
import { addOutboxMessages } from '../../server/platform/outbox/add-outbox-messages.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';

export interface StoredEvent {
  readonly eventId: string;
  readonly organiserId: string;
}

const at = new Date();
const dayAhead = 30 * 86_400_000;
const startsAt = new Date(at.getTime() + dayAhead);
const names = [
  'Ada Byron',
  'Siân Ŵyn-Jones',
  'Imran Sheikh',
  'Angharad “Hari” Price',
  'Zoë O’Neill & Co',
  'José',
];
const kinds = [
  'welcome',
  'keynote',
  'panel',
  'debate',
  'break',
  'case-study',
  'interview',
  'closing',
] as const;
const perInsert = 500;

/** One day with twelve sessions, so that the mail is as long as mails are. */
export async function storeEvent(): Promise<StoredEvent> {
  const [eventId, organiserId] = [randomUUID(), randomUUID()];
  await OrganiserModel.create([
    {
      _id: organiserId,
      name: 'Civic Learning',
      slug: 'civic',
      contactEmail: 'hello@civic.example',
      createdAt: at,
    },
  ]);
  await EventModel.create([
    {
      _id: eventId,
      organiserId,
      slug: 'learning-and-development',
      title: 'Learning & Development in the Public Sector',
      status: 'published',
      zone: 'Europe/London',
      startsAtLocal: startsAt.toISOString().slice(0, 16),
      endsAtLocal: new Date(startsAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 16),
      startsAt,
      endsAt: new Date(startsAt.getTime() + 7 * 3_600_000),
      createdAt: at,
      publishedAt: at,
    },
  ]);
  const speakerIds = Array.from({ length: 6 }, () => randomUUID());
  await SpeakerModel.create(
    speakerIds.map((_id, index) => ({
      _id,
      organiserId,
      slug: `speaker-${index}`,
      name: names[index] ?? 'Ada',
      sortName: String(index),
      createdAt: at,
    })),
  );
  await SessionModel.create(
    Array.from({ length: 12 }, (_, index) => ({
      _id: randomUUID(),
      eventId,
      organiserId,
      title: `Session ${index + 1}: what the public estate still owes, and who pays for it`,
      kind: kinds[index % kinds.length] ?? 'panel',
      startsAtLocal: startsAt.toISOString().slice(0, 16),
      endsAtLocal: startsAt.toISOString().slice(0, 16),
      startsAt: new Date(startsAt.getTime() + index * 35 * 60_000),
      endsAt: new Date(startsAt.getTime() + (index + 1) * 35 * 60_000),
      speakerIds: [speakerIds[index % speakerIds.length] ?? ''],
      createdAt: at,
    })),
  );
  return { eventId, organiserId };
}

/** Places that were just taken, each with the message that causes its confirmation; nothing is rendered. */
export async function storeRegistrations(
  { eventId, organiserId }: StoredEvent,
  count: number,
): Promise<void> {
  for (let from = 0; from < count; from += perInsert) {
    const places = Array.from({ length: Math.min(perInsert, count - from) }, (_, index) => {
      const id = randomUUID();
      return {
        _id: id,
        eventId,
        organiserId,
        name: names[index % names.length] ?? 'Ada',
        email: `${id.slice(0, 8)}@council-${index % 100}.example.org`,
        status: 'confirmed' as const,
        inviteUid: randomUUID(),
        attemptKey: id,
        attemptSignature: id,
        createdAt: at,
        confirmedAt: at,
      };
    });
    await RegistrationModel.insertMany(places);
    await addOutboxMessages(
      places.map(({ _id: registrationId, inviteUid }) => ({
        message: { kind: 'registration:confirmed' as const, payload: { registrationId, inviteUid } },
        options: {
          at: new Date(),
          dedupeKey: `registration:confirmed:${registrationId}:${inviteUid}`,
          orderKey: `registration:${registrationId}`,
        },
      })),
    );
  }
}

/** Rendered mails that wait in the bulk queue. */
export async function storeBulkMails(count: number): Promise<void> {
  const html = `<p>${'What we learned, and what comes next. '.repeat(100)}</p>`;
  const text = 'What we learned, and what comes next. '.repeat(30);
  for (let from = 0; from < count; from += perInsert) {
    await addOutboxMessages(
      Array.from({ length: Math.min(perInsert, count - from) }, (_, index) => ({
        message: {
          kind: 'mail:ready' as const,
          payload: {
            messageId: `bulk.${randomUUID()}`,
            fromName: 'Civic Learning',
            replyTo: null,
            to: { name: 'Ada', address: `bulk-${from + index}@council-${index % 100}.example.org` },
            subject: 'What we learned',
            html,
            text,
            invite: null,
            writtenAt: at,
          },
        },
        options: { at: new Date(), priority: 2 as const },
      })),
    );
  }
}
