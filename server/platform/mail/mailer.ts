import type { Config } from '../../config.ts';
import { createCapturingMailer } from './capture-mail.ts';
import type { ReadyMail, Sender } from './compose-mail.ts';
import { createSmtpMailer } from './send-by-smtp.ts';

/** Where rendered mail leaves the product. */
export interface Mailer {
  readonly sender: Sender;
  /** Resolves once the next server has taken the mail over; throws DeliveryFailure. */
  send(mail: ReadyMail): Promise<void>;
  /** Ends open connections. */
  close(): void;
}

/** Sends to the server that SMTP_URL names; without one, mail is kept and shown at /dev/mailbox. */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>): Mailer {
  const sender = { address: config.mailFrom, host: new URL(config.publicUrl).hostname };
  return config.smtpUrl ? createSmtpMailer(config.smtpUrl, sender) : createCapturingMailer(sender);
}
