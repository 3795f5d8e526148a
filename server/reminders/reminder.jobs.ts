import type { Deps } from '../deps.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';

export const reminderJobs = {
  'event:reminder-due': () => Promise.reject(new Error('Not built yet')),
  'registration:reminder': () => Promise.reject(new Error('Not built yet')),
} satisfies Partial<OutboxHandlers>;

export const startReminderSchedule = (_deps: Deps): { stop(): Promise<void> } => ({
  stop: () => Promise.resolve(),
});
