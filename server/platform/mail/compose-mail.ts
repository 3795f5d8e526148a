import { createHash } from 'node:crypto';
import { emailAddress, oneLine } from '../../contracts/form-text.ts';
import type { OutboxPayload } from '../../contracts/outbox-messages.ts';
import { DeliveryFailure } from '../outbox/deliver-failure.ts';
import { addressHeader, textHeader } from './mail-headers.ts';

export type ReadyMail = OutboxPayload<'mail:ready'>;

export interface Sender {
  /** The one address this installation sends from. */
  readonly address: string;
  /** What stands after the `@` of a Message-ID. */
  readonly host: string;
}

/** A message as it goes over the wire, in ASCII. */
export interface ComposedMail {
  readonly envelope: { readonly from: string; readonly to: readonly [string] };
  readonly subject: string;
  /** Header lines, each with its line break. */
  readonly head: string;
  readonly body: string;
}

/** The Message-ID header of a mail: the same for every try, so that a second copy can be told as one. */
export const messageIdHeader = (mail: Pick<ReadyMail, 'messageId'>, { host }: Sender): string =>
  `<${mail.messageId}@${host}>`;

/**
 * A rendered mail to exactly one recipient; the same mail makes the same bytes. Composed here and not by Nodemailer,
 * which takes longer for it than for sending; what is delicate in a header is written by Nodemailer's own functions.
 * Throws DeliveryFailure for an address that is none.
 */
export function composeMail(mail: ReadyMail, sender: Sender): ComposedMail {
  const to = validAddress(mail.to.address);
  const subject = oneLine(mail.subject).slice(0, 400).toWellFormed();
  const boundary = `plenary-${createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24)}`;
  const root = mail.threadOf && mail.threadOf !== mail.messageId ? `<${mail.threadOf}@${sender.host}>` : null;
  const { type, body } = mail.invite ? inviteTree(mail, mail.invite, boundary) : textTree(mail, boundary);
  const head = [
    addressHeader('From', nameForHeader(mail.fromName), sender.address),
    addressHeader('To', nameForHeader(mail.to.name), to),
    ...(mail.replyTo
      ? [addressHeader('Reply-To', nameForHeader(mail.replyTo.name), validAddress(mail.replyTo.address))]
      : []),
    textHeader('Subject', subject),
    `Message-ID: ${messageIdHeader(mail, sender)}`,
    `Date: ${mail.writtenAt.toUTCString().replace('GMT', '+0000')}`,
    // So that what follows about one place stands under its confirmation.
    ...(root ? [`In-Reply-To: ${root}`, `References: ${root}`] : []),
    // RFC 3834: no out-of-office answers. The second is what Exchange reads.
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: OOF, NRN, AutoReply, RN',
    ...(mail.unsubscribeUrl
      ? [
          // RFC 8058: one line each, and both signed.
          `List-Unsubscribe: <${new URL(mail.unsubscribeUrl).href}>`,
          'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        ]
      : []),
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
  ];
  return { envelope: { from: sender.address, to: [to] }, subject, head: `${head.join('\r\n')}\r\n`, body };
}

interface Tree {
  readonly type: string;
  readonly body: string;
}

function textTree({ text, html }: ReadyMail, boundary: string, more: readonly string[] = []): Tree {
  const parts = [
    part('text/plain; charset=utf-8', base64(text)),
    part('text/html; charset=utf-8', base64(html)),
  ];
  return multipart('alternative', `${boundary}-a`, [...parts, ...more]);
}

/** The tree that calendar programs look for (RFC 6047, 2.4): `method` equals METHOD in the calendar. */
function inviteTree(
  mail: ReadyMail,
  { method, ics }: NonNullable<ReadyMail['invite']>,
  boundary: string,
): Tree {
  const calendar = base64(ics);
  // Without a disposition: `inline` hides the invitation in Thunderbird.
  const { type, body } = textTree(mail, boundary, [
    part(`text/calendar; charset=utf-8; method=${method}`, calendar),
  ]);
  return multipart('mixed', `${boundary}-m`, [
    `Content-Type: ${type}\r\n\r\n${body}`,
    part(
      'application/ics; name=invite.ics',
      calendar,
      'Content-Disposition: attachment; filename=invite.ics\r\n',
    ),
  ]);
}

const part = (type: string, content: string, more = '') =>
  `Content-Type: ${type}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${content}\r\n`;

const multipart = (kind: string, boundary: string, parts: readonly string[]): Tree => ({
  type: `multipart/${kind}; boundary="${boundary}"`,
  body: `${parts.map((one) => `--${boundary}\r\n${one}`).join('')}--${boundary}--\r\n`,
});

/** In lines of 76 characters; slices are half the price of a regular expression. */
function base64(text: string): string {
  const encoded = Buffer.from(text.toWellFormed()).toString('base64');
  const lines: string[] = [];
  for (let from = 0; from < encoded.length; from += 76) lines.push(encoded.slice(from, from + 76));
  return lines.join('\r\n');
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
