import { reminderNames, type ReminderName } from '../contracts/reminder.ts';
import { SentReminderModel } from './sent-reminder.model.ts';

/** Which reminders of this start were sent already. */
export async function listSentReminders(eventId: string, startsAt: Date): Promise<ReminderName[]> {
  const sent = await SentReminderModel.find({ eventId }, { _id: 1 }).lean();
  const ids = new Set(sent.map(({ _id }) => _id));
  return reminderNames.filter((name) => ids.has(sentReminderId(eventId, name, startsAt)));
}

export const sentReminderId = (eventId: string, name: ReminderName, startsAt: Date): string =>
  `${eventId} ${name} ${startsAt.toISOString()}`;
