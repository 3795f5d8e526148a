import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';

export const speakerInviteJobs = {
  'speakers:invites-due': () => Promise.resolve(),
  'speaker:invited': () => Promise.reject(new Error('Not built yet')),
} satisfies Partial<OutboxHandlers>;
