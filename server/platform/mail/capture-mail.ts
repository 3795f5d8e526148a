import { createTransport } from 'nodemailer';
import { keepCapturedMail } from './captured-mail.ts';
import { composeMail, messageIdHeader, type Sender } from './compose-mail.ts';
import type { Mailer } from './mailer.ts';

/** A mailer for machines without a mail server: composes the very bytes that would be sent, and keeps them. */
export function createCapturingMailer(sender: Sender): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  let order = 0;
  return {
    sender,
    async send(mail) {
      const composed = composeMail(mail, sender);
      const { message } = await transport.sendMail(composed);
      if (!Buffer.isBuffer(message)) throw new Error('Expected the composed message as a buffer');
      order = Math.max(order + 1, mail.writtenAt.getTime() * 1000);
      await keepCapturedMail({
        _id: mail.messageId,
        messageId: messageIdHeader(mail, sender),
        from: `${mail.fromName} <${sender.address}>`,
        to: mail.to.address,
        subject: String(composed.subject),
        html: mail.html,
        text: mail.text,
        ics: mail.invite?.ics ?? null,
        raw: message.toString('utf8'),
        at: mail.writtenAt,
        order,
      });
    },
    close: () => transport.close(),
  };
}
