import type { ReminderName } from '../contracts/reminder.ts';
import type { Deps } from '../deps.ts';
import { listPublicEvents, type ListedEvent } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { sentReminderId } from './reminder.queries.ts';
import { areThanksDue, dueBeforehand, longestLeadMs, priorityOf, thanksWithinMs } from './reminder.rules.ts';
import { SentReminderModel } from './sent-reminder.model.ts';

/** Sends every reminder whose turn has come and that was not sent yet. Harmless when it runs twice at once. */
export async function sendDueReminders(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const events = await listPublicEvents({
    // Thanks may be due for an event that ran over its planned end.
    endsAfter: new Date(now.getTime() - thanksWithinMs),
    startsBefore: new Date(now.getTime() + longestLeadMs + 1),
  });
  for (const event of events) {
    if (event.status !== 'published') continue;
    const reminder = await findDueReminder(event, now);
    if (reminder && event.reminders.includes(reminder)) await sendOnce(event, reminder, now, deps);
  }
}

async function findDueReminder(event: ListedEvent, now: Date): Promise<ReminderName | null> {
  if (now < event.startsAt) return dueBeforehand(event.startsAt, now);
  return areThanksDue(event, await listSessionsOfEvent(event._id), now) ? 'thank-you' : null;
}

async function sendOnce(event: ListedEvent, reminder: ReminderName, now: Date, deps: Deps): Promise<void> {
  const { _id: eventId, startsAt } = event;
  const _id = sentReminderId(eventId, reminder, startsAt);
  // A look costs no turn among the writers, and nearly always it was sent.
  if (await SentReminderModel.exists({ _id })) return;
  await deps.transaction(async () => {
    const written = await SentReminderModel.updateOne(
      { _id },
      { $setOnInsert: { eventId, at: now } },
      { upsert: true },
    );
    if (written.upsertedCount === 0) return;
    await addOutboxMessages([
      {
        message: { kind: 'event:reminder-due', payload: { eventId, reminder, startsAt } },
        options: { at: now, dedupeKey: `event:reminder-due:${_id}`, priority: priorityOf(reminder) },
      },
    ]);
  });
}
