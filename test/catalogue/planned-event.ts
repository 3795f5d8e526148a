import { addEvent } from '../../server/catalogue/add-event.ts';
import type { Actor } from '../../server/contracts/actor.ts';
import type { EventForm } from '../../server/contracts/event-form.ts';
import { publishEvent } from '../../server/events/publish-event.ts';
import { createOrganiser } from '../../server/organisers/create-organiser.ts';
import { createSession } from '../../server/sessions/create-session.ts';
import { createSpeaker } from '../../server/speakers/create-speaker.ts';
import type { Product } from '../support/product.ts';

export const system: Actor = { kind: 'system', name: 'test' };

export const typedEvent: EventForm = {
  title: 'Warm Homes',
  slug: 'warm-homes',
  summary: 'For housing officers with cold tenants.',
  description: '',
  accent: null,
  topics: ['Housing'],
  series: null,
  date: '2026-12-10',
  startTime: '09:30',
  endTime: '12:30',
  timeZone: 'Europe/London',
  capacity: null,
  registrationOpensAt: null,
  registrationClosesAt: null,
  stages: ['Main stage'],
  isOnDemand: false,
  questions: [],
  consents: [],
  faqs: [],
  revision: null,
};

export async function makeOrganiser(product: Product, slug = 'housing-network'): Promise<string> {
  const made = await createOrganiser(
    system,
    { name: 'Housing Network', slug, contactEmail: 'hello@housing.example' },
    product.deps,
  );
  if (!made.ok) throw new Error(made.reason);
  return made.organiserId;
}

/** An event with one talk by one speaker; published unless told otherwise. */
export async function planEvent(
  product: Product,
  organiserId: string,
  { isDraft = false, ...changes }: Partial<EventForm> & { isDraft?: boolean } = {},
): Promise<{ eventId: string; sessionId: string; speakerId: string }> {
  const { deps } = product;
  const form = { ...typedEvent, ...changes };
  const added = await addEvent(system, { organiserId, form }, deps);
  if (!added.ok) throw new Error(JSON.stringify(added.errors));
  const { eventId } = added;
  const { speakerId } = await createSpeaker(
    system,
    {
      organiserId,
      form: {
        name: 'Dr Ada Marsh',
        pronouns: '',
        jobTitle: 'Surveyor',
        organisation: 'Ardale',
        email: '',
        note: '',
        bio: '',
      },
    },
    deps,
  );
  const session = await createSession(
    system,
    {
      organiserId,
      eventId,
      form: {
        title: 'Draughts',
        kind: 'talk',
        summary: '',
        stage: 'Main stage',
        date: form.date,
        startTime: form.startTime,
        endTime: form.endTime,
        speakers: [speakerId],
        moderators: [],
        automatic: false,
      },
    },
    deps,
  );
  if (!session.ok) throw new Error(JSON.stringify(session.errors));
  if (!isDraft) await publishEvent(system, { organiserId, eventId }, deps);
  return { eventId, sessionId: session.sessionId, speakerId };
}
