import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';

export const eventUpdateJobs = {
  'event:changed': () => Promise.resolve(),
  'event:update-due': () => Promise.reject(new Error('Not built yet')),
  'event:updated': () => Promise.reject(new Error('Not built yet')),
  'registration:event-updated': () => Promise.reject(new Error('Not built yet')),
} satisfies Partial<OutboxHandlers>;
