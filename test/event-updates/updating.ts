import { trusted } from 'mongoose';
import { changeEvent } from '../../server/catalogue/change-event.ts';
import type { EventForm } from '../../server/contracts/event-form.ts';
import type { OutboxKind, OutboxPayload } from '../../server/contracts/outbox-messages.ts';
import { eventUpdateJobs } from '../../server/event-updates/event-update.jobs.ts';
import { EventUpdateModel } from '../../server/event-updates/event-update.model.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { publishEvent } from '../../server/events/publish-event.ts';
import { directSession } from '../../server/live/direct-session.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import type { OutboxHandler } from '../../server/platform/outbox/outbox-handlers.ts';
import { confirmationJobs } from '../../server/registrations/confirmation.jobs.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { getSessionOfEvent } from '../../server/sessions/session.queries.ts';
import { planSession, settle } from '../calendar-invites/speaking.ts';
import { planEvent, system, typedEvent } from '../catalogue/planned-event.ts';
import { BrowserSession } from '../support/browser-session.ts';
import type { Product } from '../support/product.ts';

/** A published event on 10 December 2026, 09:30 to 12:30, with "Draughts" and "Heat networks" at 10:00. */
export async function planUpdatedEvent(
  product: Product,
  organiserId: string,
  changes: Partial<EventForm> = {},
) {
  const { eventId, sessionId } = await planEvent(product, organiserId, { ...changes, isDraft: true });
  const heatId = await planSession(product, eventId, {
    title: 'Heat networks',
    startTime: '10:00',
    endTime: '10:40',
  });
  await publishEvent(system, { organiserId, eventId }, product.deps);
  await answerDue(product);
  return { eventId, sessionId, heatId };
}

/** Saves the event's form with these fields changed. */
export async function changeForm(
  product: Product,
  eventId: string,
  changes: Partial<EventForm>,
): Promise<void> {
  const event = await getEvent(eventId);
  const form: EventForm = {
    ...typedEvent,
    title: event.title,
    slug: event.slug,
    date: event.startsAtLocal.slice(0, 10),
    startTime: event.startsAtLocal.slice(11),
    endTime: event.endsAtLocal.slice(11),
    timeZone: event.zone,
    stages: event.stages.map(({ name }) => name),
    revision: event.revision,
    ...changes,
  };
  const { organiserId } = event;
  const result = await changeEvent(system, { organiserId, eventId, form }, product.deps);
  if (!result.ok) throw new Error(JSON.stringify(result));
}

export async function moveSessionBy(
  product: Product,
  eventId: string,
  sessionId: string,
  move: 'cancel' | 'reinstate' | 'go-live',
): Promise<void> {
  const { revision } = await getSessionOfEvent(eventId, sessionId);
  const result = await directSession(system, { eventId, sessionId, move, revision }, product.deps);
  if (!result.ok) throw new Error(result.reason);
}

/** Registers by the public form, and waits until the confirmation is on its way. */
export async function takePlace(product: Product, eventId: string, email: string): Promise<void> {
  await askForPlace(product, eventId, email);
  await settle(product);
}

export async function askForPlace(product: Product, eventId: string, email: string): Promise<void> {
  const { slug } = await getEvent(eventId);
  const { status } = await new BrowserSession(product.url).post(`/events/${slug}/register`, {
    attempt: crypto.randomUUID(),
    name: 'Ada Byron',
    email,
  });
  if (status >= 400) throw new Error(`Registering was answered with ${status}`);
}

export const placeOf = (eventId: string, email: string) =>
  RegistrationModel.findOne({ eventId, email }).lean();

export const waitingOf = async (eventId: string) =>
  (await EventUpdateModel.findOne({ _id: eventId }).lean())?.dueAt ?? null;

/** The lines that a mail about a change names, as its text has them. */
export const changesIn = (text: string): string[] =>
  [...text.matchAll(/^- (.+)$/gm)].map(([, line]) => line ?? '');

const jobs = { ...confirmationJobs, ...eventUpdateJobs } as unknown as Readonly<
  Record<string, OutboxHandler<OutboxKind>>
>;

/** Answers what is due without a worker, each message in a transaction of its own, so that mails stay untried. */
export async function answerDue(product: Product): Promise<void> {
  for (;;) {
    const at = product.clock.now();
    const entry = await OutboxEntryModel.findOne({
      kind: trusted({ $in: Object.keys(jobs) }),
      state: 'waiting',
      dueAt: trusted({ $lte: at }),
    })
      .sort({ order: 1 })
      .lean();
    if (!entry) return;
    await product.deps.transaction(async () => {
      await OutboxEntryModel.updateOne({ _id: entry._id }, { $set: { state: 'done' } });
      const context = { at, entryId: entry._id, isUrgent: false, deps: product.deps };
      await jobs[entry.kind]?.(entry.payload as OutboxPayload<OutboxKind>, context);
    });
  }
}
