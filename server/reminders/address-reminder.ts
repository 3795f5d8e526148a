import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { getEvent } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { listSegmentPage } from '../registrations/segment.queries.ts';
import { priorityOf } from './reminder.rules.ts';

const pageSize = 200;

/** Writes one message to each holder of a place, a page at a time. Call inside a transaction. */
export async function addressReminder(
  payload: OutboxPayload<'event:reminder-due'>,
  now: Date,
): Promise<void> {
  const { eventId, reminder, startsAt, afterId = '' } = payload;
  if (!isStillDue(await getEvent(eventId), payload)) return;
  const { places, lastId } = await listSegmentPage(
    eventId,
    { name: 'registered', consentId: null },
    { afterId, limit: pageSize },
  );
  const priority = priorityOf(reminder);
  await addOutboxMessages(
    places.map(({ registrationId, inviteUid }) => ({
      message: {
        kind: 'registration:reminder' as const,
        payload: { registrationId, inviteUid, reminder, startsAt },
      },
      options: {
        at: now,
        priority,
        dedupeKey: `registration:reminder:${registrationId}:${inviteUid}:${reminder}:${startsAt.toISOString()}`,
        orderKey: `registration:${registrationId}`,
      },
    })),
  );
  if (lastId === null) return;
  await addOutboxMessages([
    {
      message: { kind: 'event:reminder-due', payload: { ...payload, afterId: lastId } },
      options: {
        at: now,
        priority,
        dedupeKey: `event:reminder-due:${eventId} ${reminder} ${startsAt.toISOString()}:${lastId}`,
      },
    },
  ]);
}

/** Called off, moved or switched off since: then nobody is reminded. */
export const isStillDue = (
  event: { readonly status: string; readonly startsAt: Date; readonly reminders: readonly string[] },
  { reminder, startsAt }: Pick<OutboxPayload<'event:reminder-due'>, 'reminder' | 'startsAt'>,
): boolean =>
  event.status === 'published' &&
  event.startsAt.getTime() === startsAt.getTime() &&
  event.reminders.includes(reminder);
