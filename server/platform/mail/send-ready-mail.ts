import type { OutboxPayload } from '../../contracts/outbox-messages.ts';
import type { SkipReason } from '../outbox/deliver-skip.ts';
import type { OutboxHandlers } from '../outbox/outbox-handlers.ts';

type ReadyMail = OutboxPayload<'mail:ready'>;
type Condition = NonNullable<ReadyMail['condition']>;

/** Looked at just before a mail leaves, because much may have happened since it was written. */
export interface MailChecks {
  /** Bounces, complaints and unsubscriptions of the recipient. */
  readonly recipient: (mail: Pick<ReadyMail, 'to' | 'purpose' | 'about'>) => Promise<SkipReason | null>;
  readonly conditions: {
    readonly [K in Condition['kind']]: (
      condition: Extract<Condition, { kind: K }>,
    ) => Promise<SkipReason | null>;
  };
}

export const mailJobs = (checks: MailChecks) =>
  ({
    async 'mail:ready'(mail, { at, isUrgent = false, deps }) {
      if (mail.expiresAt && at >= mail.expiresAt) return { skipped: 'superseded' };
      const obstacle = (await checks.recipient(mail)) ?? (await obstacleIn(mail.condition, checks));
      if (obstacle) return { skipped: obstacle };
      await deps.mailer.send(mail, { isUrgent });
    },
  }) satisfies Pick<OutboxHandlers, 'mail:ready'>;

async function obstacleIn(
  condition: ReadyMail['condition'],
  { conditions }: MailChecks,
): Promise<SkipReason | null> {
  switch (condition?.kind) {
    case undefined:
      return null;
    case 'registration':
      return conditions.registration(condition);
    case 'campaign':
      return conditions.campaign(condition);
  }
}
