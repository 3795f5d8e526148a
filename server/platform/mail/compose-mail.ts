import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { emailAddress, oneLine } from '../../contracts/form-text.ts';
import type { OutboxPayload } from '../../contracts/outbox-messages.ts';
import { DeliveryFailure } from '../outbox/deliver-failure.ts';

export type ReadyMail = OutboxPayload<'mail:ready'>;

export interface Sender {
  /** The one address this installation sends from. */
  readonly address: string;
  /** What stands after the `@` of a Message-ID. */
  readonly host: string;
}

/** The Message-ID header of a mail: the same for every try, so that a second copy can be told as one. */
export const messageIdHeader = (mail: Pick<ReadyMail, 'messageId'>, { host }: Sender): string =>
  `<${mail.messageId}@${host}>`;

/**
 * A rendered mail as Nodemailer composes it, to exactly one recipient; the same mail makes the same bytes.
 *
 * Addresses go in as `{ name, address }` after validation, never as strings: Nodemailer parses strings, and then a
 * line break or a comma in a name is a second recipient. Throws DeliveryFailure for an address that is none.
 */
export function composeMail(mail: ReadyMail, sender: Sender): SendMailOptions & { baseBoundary: string } {
  const to = { name: nameForHeader(mail.to.name), address: validAddress(mail.to.address) };
  return {
    messageId: messageIdHeader(mail, sender),
    date: mail.writtenAt,
    from: { name: nameForHeader(mail.fromName), address: sender.address },
    to,
    ...(mail.replyTo
      ? {
          replyTo: {
            name: nameForHeader(mail.replyTo.name),
            address: validAddress(mail.replyTo.address),
          },
        }
      : {}),
    envelope: { from: sender.address, to: [to.address] },
    subject: oneLine(mail.subject).slice(0, 400).toWellFormed(),
    text: mail.text,
    html: mail.html,
    // RFC 3834: no out-of-office answers. The second is what Exchange reads.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, NRN, AutoReply, RN' },
    ...(mail.invite
      ? {
          // RFC 6047, 2.4: `method` equals METHOD in the calendar. Nodemailer adds the .ics copy itself.
          icalEvent: { method: mail.invite.method, filename: 'invite.ics', content: mail.invite.ics },
        }
      : {}),
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 16),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Without the characters that mail programs read as an address; some file such names as spam. */
function nameForHeader(name: string): string {
  const plain = oneLine(name)
    .replace(/[@:;,<>"\\]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...plain].slice(0, 75).join('');
}

function validAddress(address: string): string {
  const parsed = emailAddress.safeParse(address);
  if (!parsed.success) throw new DeliveryFailure('refused', 'The address is not an email address');
  return parsed.data;
}
