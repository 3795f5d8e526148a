import type { Deps } from './deps.ts';
import { liveJobs, startLiveSchedules } from './live/live.jobs.ts';
import { mailJobs } from './platform/mail/send-ready-mail.ts';
import { freeAllLeases } from './platform/outbox/deliver-claim.ts';
import { deliverDueMessages, type Delivery } from './platform/outbox/deliver-due-messages.ts';
import type { OutboxHandlers } from './platform/outbox/outbox-handlers.ts';
import { registrationJobs } from './registrations/registration.jobs.ts';
import { startSeatsSchedule } from './registrations/seats.jobs.ts';
import { signInJobs } from './sign-ins/sign-in.jobs.ts';

/** Every message that leaves a transaction, and who answers it. A kind without a handler does not compile. */
const handlers: OutboxHandlers = { ...signInJobs, ...registrationJobs, ...liveJobs, ...mailJobs };

/** Delivers the outbox and runs the schedules. `stop` hands back what is not finished. */
export function startWorker(deps: Deps): { stop(): Promise<void> } {
  const delivery = startDelivery(deps);
  const schedules = [startLiveSchedules(deps), startSeatsSchedule(deps)];
  deps.logger.info('worker started');
  return {
    async stop() {
      const parts = [
        ...schedules.map((schedule) => schedule.stop()),
        delivery.then((started) => started.stop()),
      ];
      await Promise.all(parts);
      deps.mailer.close();
    },
  };
}

async function startDelivery(deps: Deps): Promise<Delivery> {
  // A store of our own has no other worker: what the last run held when it died is free at once.
  if (!deps.config.mongodbUri)
    await freeAllLeases().catch((error: unknown) => deps.logger.warn({ err: error }, 'leases not freed'));
  return deliverDueMessages(handlers, deps);
}
