import { randomUUID } from 'node:crypto';
import type { Deps } from '../../server/deps.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { OrganiserModel } from '../../server/organisers/organiser.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel, type Registration } from '../../server/registrations/registration.model.ts';
import { SeatsModel } from '../../server/registrations/seats.model.ts';
import { setCapacity } from '../../server/registrations/set-capacity.ts';
import { managePath } from '../../server/registrations/sign-links.ts';
import type { Clock } from '../../server/platform/time/clock.ts';
import { BrowserSession } from '../support/browser-session.ts';
import type { Product } from '../support/product.ts';

export interface TestEvent {
  readonly id: string;
  readonly organiserId: string;
  readonly path: string;
}

/** A published event a month ahead of the test clock's start, with one question of each kind and one consent. */
export async function openEvent(
  { deps, clock }: { deps: Pick<Deps, 'transaction'>; clock: Clock },
  { capacity = 20, ...fields }: { capacity?: number | null } & Partial<Record<string, unknown>> = {},
): Promise<TestEvent> {
  const organiserId = randomUUID();
  const id = randomUUID();
  const slug = `event-${id.slice(0, 8)}`;
  const createdAt = clock.now();
  await OrganiserModel.create([
    {
      _id: organiserId,
      name: 'Civic Learning',
      slug: `organiser-${id.slice(0, 8)}`,
      contactEmail: 'hello@civic.example',
      createdAt,
    },
  ]);
  await EventModel.create([
    {
      _id: id,
      organiserId,
      slug,
      title: 'Learning & Development',
      status: 'published',
      zone: 'Europe/London',
      startsAtLocal: '2026-12-24T09:30',
      endsAtLocal: '2026-12-24T16:15',
      startsAt: new Date('2026-12-24T09:30:00Z'),
      endsAt: new Date('2026-12-24T16:15:00Z'),
      capacity,
      questions: [
        { id: 'hope', label: 'What do you hope for?', kind: 'text', isRequired: false },
        {
          id: 'sector',
          label: 'Your sector',
          kind: 'choice',
          options: ['Council', 'Health'],
          isRequired: true,
        },
        {
          id: 'topics',
          label: 'Topics',
          kind: 'multiple-choice',
          options: ['Skills', 'Pay'],
          isRequired: false,
        },
      ],
      consents: [{ id: 'news', wording: 'Send me news of later events', version: 3 }],
      createdAt,
      publishedAt: createdAt,
      ...fields,
    },
  ]);
  await setCapacity({ kind: 'system', name: 'test' }, { eventId: id, capacity }, deps);
  return { id, organiserId, path: `/events/${slug}` };
}

/** What a person types into the form of `openEvent`. */
export const typed = (fields: Record<string, string | readonly string[]> = {}) => ({
  attempt: randomUUID(),
  name: 'Ada Byron',
  email: 'ada@example.org',
  'answer-sector': 'Council',
  ...fields,
});

export function register(
  product: Product,
  event: TestEvent,
  fields: Record<string, string | readonly string[]> = {},
): Promise<Response> {
  return new BrowserSession(product.url).post(`${event.path}/register`, typed(fields));
}

/** Sends that many people at the same moment, and says how many got each status. */
export async function rush(product: Product, event: TestEvent, people: number): Promise<Map<number, number>> {
  const answers = await Promise.all(
    Array.from({ length: people }, (_, index) =>
      register(product, event, { email: `person-${index}@example.org`, name: `Person ${index}` }),
    ),
  );
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** The stored registration of an address. */
export async function stored(event: TestEvent, email = 'ada@example.org'): Promise<Registration> {
  const registration = await RegistrationModel.findOne({ eventId: event.id, email }).lean();
  if (!registration) throw new Error(`${email} is not registered`);
  return registration;
}

export const confirmedCount = (event: TestEvent) =>
  RegistrationModel.countDocuments({ eventId: event.id, status: 'confirmed' });

export const seatsOf = (event: TestEvent) => SeatsModel.findOne({ _id: event.id }).lean();

/** Kinds of the outbox messages about one registration, in no order. */
export async function messagesAbout(registrationId: string): Promise<string[]> {
  const entries = await OutboxEntryModel.find({ 'payload.registrationId': registrationId }).lean();
  return entries.map(({ kind }) => kind);
}

/** Complaints about what must hold after anything at all; empty when all is well. */
export async function brokenInvariants(event: TestEvent): Promise<string[]> {
  const [seats, confirmed] = await Promise.all([seatsOf(event), confirmedCount(event)]);
  if (!seats) return ['the event has no seats'];
  const capacity = seats.capacity ?? null;
  const complaints: string[] = [];
  if (seats.taken !== confirmed) complaints.push(`${seats.taken} taken, ${confirmed} confirmed`);
  if (capacity !== null && confirmed > capacity) complaints.push(`${confirmed} confirmed of ${capacity}`);
  if (capacity !== null && seats.remaining !== Math.max(0, capacity - confirmed))
    complaints.push(`${seats.remaining} remaining of ${capacity}, ${confirmed} confirmed`);
  return complaints;
}

/** A browser that opened the link to change a place, as its mail holds it. */
export async function holderOf(product: Product, registration: Registration): Promise<BrowserSession> {
  const browser = new BrowserSession(product.url);
  await browser.post(managePath(registration, product.deps), {});
  return browser;
}

export async function cancel(product: Product, registration: Registration): Promise<void> {
  await (await holderOf(product, registration)).post(`/registrations/${registration._id}/cancel`, {});
}
