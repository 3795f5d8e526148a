import { headersNamed, type ReceivedMail } from '../platform/mail/parse-received-mail.ts';

/** Our own mails stay below 100 kB, so reports about them do too. */
export const largestMailBytes = 1024 * 1024;

/** Why a mail changed nothing. */
export const ignoreReasons = [
  'too-large',
  'unreadable',
  'not-a-report',
  'automatic',
  'malformed-reply',
  'other-calendar-method',
  'no-answer',
  'not-authenticated',
  'not-from-attendee',
  'unknown-invite',
  'other-version',
  'answered-since',
  'not-a-failure',
  'not-our-mail',
] as const;
export type IgnoreReason = (typeof ignoreReasons)[number];

/** These may be from a person who waits for an answer: they stay unread in the mailbox. */
export const isForAPerson = (reason: IgnoreReason): boolean =>
  reason === 'not-a-report' || reason === 'too-large' || reason === 'unreadable';

/** Sent to many, or without an address to answer to: nobody answered an invite with it. */
export function isBulk(mail: ReceivedMail): boolean {
  const precedence = headersNamed(mail, 'precedence').map((value) => value.toLowerCase());
  return (
    precedence.some((value) => ['bulk', 'junk', 'list'].includes(value)) ||
    headersNamed(mail, 'return-path')[0] === '<>' ||
    headersNamed(mail, 'list-id').length > 0
  );
}

const wantsNoAnswer = (mail: ReceivedMail): boolean =>
  headersNamed(mail, 'x-auto-response-suppress').some((value) => !/^none$/i.test(value));

/** Written by a program, or by one that asks not to be answered (RFC 3834). */
export const isAutomatic = (mail: ReceivedMail): boolean =>
  isBulk(mail) ||
  wantsNoAnswer(mail) ||
  headersNamed(mail, 'auto-submitted').some((value) => value.split(/[;\s(]/)[0]?.toLowerCase() !== 'no');

/**
 * A calendar's answer is mostly sent by a program on behalf of whoever pressed the button, and marked as such: that
 * alone does not keep its holder from being asked, once for each invite.
 */
export const mayBeAnswered = (mail: ReceivedMail): boolean => !isBulk(mail) && !wantsNoAnswer(mail);

/** Failures for now within a month after which an address counts as one that takes no mail. */
export const mostSoftBounces = 5;
