import { z } from 'zod';
import { tickedList } from './numbered-rows.ts';

/** What may be sent about an event without anybody pressing a button; each can be switched off per event. */
export const reminderNames = ['week', 'day', 'hour', 'ten-minutes', 'thank-you'] as const;
export type ReminderName = (typeof reminderNames)[number];

/** The boxes on the page of messages: what is ticked is sent. */
export const remindersForm = z.strictObject({
  reminders: tickedList(reminderNames.length).pipe(
    z.array(z.enum(reminderNames, { error: 'Choose from the list' })),
  ),
});
