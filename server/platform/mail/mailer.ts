import type { Config } from '../../config.ts';
import { createCapturingMailer } from './capture-mail.ts';
import type { ReadyMail, Sender } from './compose-mail.ts';
import { createThreadedMailer } from './send-by-thread.ts';
import { createDkimSigner } from './sign-dkim.ts';

/** Where rendered mail leaves the product. */
export interface Mailer {
  readonly sender: Sender;
  /**
   * Resolves once the next server has taken the mail over; throws DeliveryFailure. What is urgent has connections of
   * its own.
   */
  send(mail: ReadyMail, options?: { readonly isUrgent?: boolean }): Promise<void>;
  /** Ends open connections. */
  close(): void;
}

/**
 * Sends to the server that SMTP_URL names; without one, mail is kept and shown at /dev/mailbox.
 * @throws ConfigError when the key to sign with cannot be used
 */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl' | 'dkim'>): Mailer {
  const sender = { address: config.mailFrom, host: new URL(config.publicUrl).hostname };
  // Made here in any case: a key that cannot be used must be told at the start.
  const signer = config.dkim && createDkimSigner(config.dkim);
  return config.smtpUrl
    ? createThreadedMailer({ smtpUrl: config.smtpUrl, sender, dkim: config.dkim })
    : createCapturingMailer(sender, signer);
}
