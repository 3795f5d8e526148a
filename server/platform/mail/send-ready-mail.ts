import type { OutboxHandlers } from '../outbox/outbox-handlers.ts';

export const mailJobs = {
  'mail:ready': (mail, { deps }) => deps.mailer.send(mail),
} satisfies Pick<OutboxHandlers, 'mail:ready'>;
