import type { OutboxPayload } from '../../contracts/outbox-messages.ts';
import type { Deps } from '../../deps.ts';
import { DeliveryFailure } from '../outbox/deliver-failure.ts';
import type { SkipReason } from '../outbox/deliver-skip.ts';
import type { OutboxHandlers } from '../outbox/outbox-handlers.ts';
import { fillFrame } from './mail-frame.ts';
import { getFrame } from './stored-frame.ts';

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
  /** Told when a server refuses the recipient for good and says why (RFC 3463). */
  readonly refused: (address: string, status: string, deps: Deps) => Promise<unknown>;
}

export const mailJobs = (checks: MailChecks) =>
  ({
    async 'mail:ready'(mail, { at, isUrgent = false, deps }) {
      if (mail.expiresAt && at >= mail.expiresAt) return { skipped: 'superseded' };
      const [ofRecipient, ofCondition] = await Promise.all([
        checks.recipient(mail),
        obstacleIn(mail.condition, checks),
      ]);
      const obstacle = ofRecipient ?? ofCondition;
      if (obstacle) return { skipped: obstacle };
      try {
        await deps.mailer.send(await whole(mail), { isUrgent });
      } catch (error) {
        if (error instanceof DeliveryFailure && error.kind === 'refused' && error.status)
          await checks.refused(mail.to.address, error.status, deps);
        throw error;
      }
    },
  }) satisfies Pick<OutboxHandlers, 'mail:ready'>;

/** The mail with what was stored apart from it. */
async function whole(mail: ReadyMail): Promise<ReadyMail> {
  if (!mail.frame) return mail;
  const { html, text, ics } = fillFrame(await getFrame(mail.frame.id), mail.frame.values);
  return { ...mail, html, text, invite: mail.invite && { ...mail.invite, ics: ics ?? '' } };
}

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
