import type { Actor } from './contracts/actor.ts';
import type { Deps } from './deps.ts';
import { speakerInviteJobs } from './calendar-invites/speaker-invite.jobs.ts';
import { campaignJobs } from './campaigns/campaign.jobs.ts';
import { findCampaignObstacle } from './campaigns/campaign.queries.ts';
import { eventUpdateJobs } from './event-updates/event-update.jobs.ts';
import { inboundMailJobs, startInboundSchedule } from './inbound-mail/inbound-mail.jobs.ts';
import { liveJobs, startLiveSchedules } from './live/live.jobs.ts';
import { mailJobs } from './platform/mail/send-ready-mail.ts';
import { forgetOldFrames } from './platform/mail/stored-frame.ts';
import { freeAllLeases } from './platform/outbox/deliver-claim.ts';
import { deliverDueMessages, type Delivery } from './platform/outbox/deliver-due-messages.ts';
import { measureBacklog } from './platform/outbox/measure-backlog.ts';
import type { OutboxHandlers } from './platform/outbox/outbox-handlers.ts';
import { startOutboxSchedule } from './platform/outbox/prune-outbox.ts';
import { startPollSchedule } from './polls/poll.jobs.ts';
import { reminderJobs, startReminderSchedule } from './reminders/reminder.jobs.ts';
import { confirmationBatchJobs } from './registrations/confirmation.jobs.ts';
import { registrationJobs } from './registrations/registration.jobs.ts';
import { findPlaceObstacle } from './registrations/registration.queries.ts';
import { startSeatsSchedule } from './registrations/seats.jobs.ts';
import { replayJobs, startReplaySchedule } from './replays/replay.jobs.ts';
import { startStreamSchedule, streamJobs } from './streams/stream.jobs.ts';
import { signInJobs } from './sign-ins/sign-in.jobs.ts';
import { suppressRefusedAddress } from './suppressions/suppress-refused-address.ts';
import { findRecipientObstacle } from './suppressions/suppression.queries.ts';

const mailServer: Actor = { kind: 'system', name: 'mail-server' };

/** Every message that leaves a transaction, and who answers it. A kind without a handler does not compile. */
const handlers: OutboxHandlers = {
  ...signInJobs,
  ...registrationJobs,
  ...speakerInviteJobs,
  ...eventUpdateJobs,
  ...reminderJobs,
  ...campaignJobs,
  ...inboundMailJobs,
  ...liveJobs,
  ...streamJobs,
  ...replayJobs,
  ...mailJobs({
    recipient: findRecipientObstacle,
    conditions: { registration: findPlaceObstacle, campaign: findCampaignObstacle },
    refused: (email, status, deps) => suppressRefusedAddress(mailServer, { email, status }, deps),
  }),
};

/** Delivers the outbox and runs the schedules. `stop` hands back what is not finished. */
export function startWorker(deps: Deps): { stop(): Promise<void> } {
  const delivery = startDelivery(deps);
  const schedules = [
    startLiveSchedules(deps),
    startStreamSchedule(deps),
    startReplaySchedule(deps),
    startPollSchedule(deps),
    startSeatsSchedule(deps),
    startOutboxSchedule(deps, forgetOldFrames),
    startReminderSchedule(deps),
    startInboundSchedule(deps),
  ];
  const forgetBacklog = measureBacklog(deps);
  deps.logger.info('worker started');
  return {
    async stop() {
      forgetBacklog();
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
  return deliverDueMessages(handlers, deps, confirmationBatchJobs);
}
