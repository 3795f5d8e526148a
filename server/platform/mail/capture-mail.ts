import { keepCapturedMail } from './captured-mail.ts';
import { messageIdHeader, type Sender } from './compose-mail.ts';
import { composeSignedMail } from './compose-signed-mail.ts';
import type { Mailer } from './mailer.ts';
import type { DkimSigner } from './sign-dkim.ts';

/** A mailer for machines without a mail server: composes the very bytes that would be sent, and keeps them. */
export function createCapturingMailer(sender: Sender, signer: DkimSigner | null = null): Mailer {
  let order = 0;
  return {
    sender,
    async send(mail) {
      const { raw, subject } = await composeSignedMail(mail, sender, signer);
      order = Math.max(order + 1, mail.writtenAt.getTime() * 1000);
      await keepCapturedMail({
        _id: mail.messageId,
        messageId: messageIdHeader(mail, sender),
        from: `${mail.fromName} <${sender.address}>`,
        to: mail.to.address,
        subject,
        html: mail.html,
        text: mail.text,
        ics: mail.invite?.ics ?? null,
        raw: raw.toString('latin1'),
        at: mail.writtenAt,
        order,
      });
    },
    close: () => undefined,
  };
}
