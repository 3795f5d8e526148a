/** What may be sent about an event without anybody pressing a button; each can be switched off per event. */
export const reminderNames = ['week', 'day', 'hour', 'ten-minutes', 'thank-you'] as const;
export type ReminderName = (typeof reminderNames)[number];
