import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { EventForm } from '../contracts/event-form.ts';
import type { Deps } from '../deps.ts';
import { addEvent } from '../catalogue/add-event.ts';
import { getEvent } from '../events/event.queries.ts';
import { publishEvent } from '../events/publish-event.ts';
import { OutboxEntryModel } from '../platform/outbox/outbox-entry.ts';
import { takePlaces } from '../registrations/take-places.ts';
import { createSession } from '../sessions/create-session.ts';
import { demoAttendees } from './demo-attendees.ts';
import type { DemoEvent, DemoSession } from './demo-content.ts';
import { addMinutes, demoZone } from './demo-dates.ts';

const actor: Actor = { kind: 'system', name: 'demo' };

export interface DemoEdition {
  readonly organiserId: string;
  readonly event: DemoEvent;
  readonly date: string;
  /** When it was announced and people registered. */
  readonly announcedAt: Date;
  readonly zone?: string;
  readonly isAutomatic?: boolean;
  readonly isOnDemand?: boolean;
  readonly speakerIds: ReadonlyMap<string, string>;
}

/** One event of the demo with its agenda and its registrations, made by the use cases that people use. */
export async function addDemoEvent(edition: DemoEdition, now: Deps): Promise<string> {
  const { organiserId, event } = edition;
  const deps: Deps = { ...now, clock: { now: () => edition.announcedAt } };
  const added = await addEvent(actor, { organiserId, form: formOf(edition) }, deps);
  if (!added.ok) throw new Error(`The demo event ${event.slug}: ${added.errors[0]?.message}`);
  const { eventId } = added;
  for (const session of event.agenda) {
    const form = sessionFormOf(session, edition);
    const result = await createSession(actor, { organiserId, eventId, form }, deps);
    if (!result.ok) throw new Error(`The demo session ${form.title}: ${result.errors[0]?.message}`);
  }
  await publishEvent(actor, { organiserId, eventId }, deps);
  const batch = demoAttendees(event.registrations, await getEvent(eventId)).map((form) => ({ actor, form }));
  const results = await takePlaces(eventId, batch, deps);
  if (!results.every(({ ok }) => ok)) throw new Error(`Not everybody got a place at ${event.slug}`);
  // These people do not exist: a newcomer's mailbox should hold the newcomer's mail only.
  // An invite to one of the speakers who have an address is sent once somebody changes their session.
  const kinds = trusted({ $in: ['registration:confirmed', 'speakers:changed'] });
  await OutboxEntryModel.deleteMany({ kind: kinds, state: 'waiting' });
  return eventId;
}

function formOf({ event, date, zone, isOnDemand }: DemoEdition): EventForm {
  const { title, slug, summary, description, topics, stages, startTime, endTime, capacity } = event;
  return {
    ...{ title, slug, summary, description, date, startTime, endTime, capacity },
    topics: [...topics],
    stages: [...stages],
    accent: null,
    series: title,
    timeZone: zone ?? demoZone,
    registrationOpensAt: null,
    registrationClosesAt: null,
    isOnDemand: isOnDemand ?? false,
    questions: event.questions.map(({ label, kind, options, isRequired }) => ({
      id: '',
      label,
      kind,
      options: [...(options ?? [])],
      isRequired: isRequired ?? false,
    })),
    consents: event.consents.map((consent) => ({ ...consent })),
    faqs: event.faqs.map((faq) => ({ ...faq })),
    revision: null,
  };
}

function sessionFormOf(session: DemoSession, { event, date, isAutomatic, speakerIds }: DemoEdition) {
  const [startTime, minutes, kind, stage, title, speakers = [], summary = ''] = session;
  return {
    ...{ title, kind, summary, date, startTime },
    endTime: addMinutes(startTime, minutes),
    stage: stage === 0 ? '' : (event.stages[stage - 1] ?? ''),
    speakers: speakers.map((key) => {
      const id = speakerIds.get(key);
      if (!id) throw new Error(`The demo has no speaker ${key}`);
      return id;
    }),
    moderators: [],
    automatic: isAutomatic ?? false,
  };
}
