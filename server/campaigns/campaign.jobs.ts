import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';

export const campaignJobs = {
  'campaign:due': () => Promise.reject(new Error('Not built yet')),
  'campaign:addressed': () => Promise.reject(new Error('Not built yet')),
} satisfies Partial<OutboxHandlers>;
