import type { Deps } from '../deps.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';

export const inboundMailJobs = {
  'mail:received': () => Promise.reject(new Error('Not built yet')),
  'registration:invite-declined': () => Promise.reject(new Error('Not built yet')),
} satisfies Partial<OutboxHandlers>;

export const startInboundSchedule = (_deps: Deps): { stop(): Promise<void> } => ({
  stop: () => Promise.resolve(),
});
