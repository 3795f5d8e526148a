import type { MailRow } from '../platform/outbox/list-mails.ts';
import type { SkipReason } from '../platform/outbox/deliver-skip.ts';
import { shortMoment } from './console-event.rules.ts';

/** By the first part of a Message-ID, or of a message's kind. */
const kinds: Readonly<Record<string, string>> = {
  confirmed: 'Confirmation',
  repeated: 'Place sent again',
  'links-replaced': 'New links',
  cancelled: 'Cancellation',
  'passed-on': 'Place passed on',
  'email-change': 'Change of address, to confirm',
  'email-change-requested': 'Change of address, to confirm',
  'email-changed': 'Change of address',
  'event-cancelled': 'Event cancelled',
  updated: 'Change',
  'event-updated': 'Change',
  reminder: 'Reminder',
  speaker: 'Speaker’s invite',
  invited: 'Speaker’s invite',
  campaign: 'Message from you',
  addressed: 'Message from you',
  'campaign-test': 'Message from you, as a test',
  urgent: 'Urgent message',
  'release-offered': 'Question after a declined invite',
  'invite-declined': 'Question after a declined invite',
};

export function mailKind(id: string): string {
  return kinds[id.split('.')[0] ?? ''] ?? kinds[id.split(':').at(-1) ?? ''] ?? 'Message';
}

const reasons: Readonly<Record<SkipReason, string>> = {
  'place-ended': 'Not sent: the place was given up before it left',
  superseded: 'Not sent: a newer mail says it better, or it came too late to be of use',
  suppressed: 'Not sent: this address is on the list of those we do not write to',
  unsubscribed: 'Not sent: its reader has unsubscribed from your news',
  stopped: 'Not sent: you stopped the message',
};

export type MailTone = 'plain' | 'good' | 'soon' | 'bad';

/** How a mail stands, in a sentence. */
export function mailState(mail: MailRow, now: Date, zone: string): { text: string; tone: MailTone } {
  const when = (at: Date) => shortMoment(at, zone);
  switch (mail.standing) {
    case 'waiting': {
      const isDue = mail.dueAt <= now;
      if (!mail.lastError)
        return {
          text: isDue ? 'Waiting, leaves any moment' : `Waiting, leaves ${when(mail.dueAt)}`,
          tone: 'plain',
        };
      const next = isDue ? 'any moment' : `on ${when(mail.dueAt)}`;
      return { text: `${failureWords(mail.lastError)}. We try again ${next}`, tone: 'soon' };
    }
    case 'sent':
      return { text: mail.doneAt ? `Sent ${when(mail.doneAt)}` : 'Sent', tone: 'good' };
    case 'bounced':
      return { text: `Sent, but it came back: ${bounceWords(mail.bounceStatus ?? '')}`, tone: 'bad' };
    case 'failed':
      return { text: `Given up. ${failureWords(mail.lastError)}`, tone: 'bad' };
    case 'set-aside':
      return { text: mail.skipped ? reasons[mail.skipped] : 'Not sent', tone: 'plain' };
  }
}

/** RFC 3463: the second and third number say what was wrong. */
export function bounceWords(status: string): string {
  const known: Readonly<Record<string, string>> = {
    '1.1': 'this address does not exist',
    '1.2': 'the part after the @ does not exist',
    '1.10': 'the part after the @ takes no mail',
    '2.1': 'the mailbox is closed',
    '2.2': 'the mailbox is full',
    '2.3': 'the message was too large for the mailbox',
    '4.1': 'the other mail server did not answer',
    '4.7': 'it could not be delivered in time',
    '7.1': 'the other side refuses our mail',
  };
  const [, detail = ''] = /^[245]\.(\d+\.\d+)$/.exec(status) ?? [];
  const words = known[detail] ?? (detail.startsWith('7.') ? known['7.1'] : null);
  return (words ?? 'the other side could not deliver it') + (status ? ` (${status})` : '');
}

/** What delivery stored about a try that failed, in words; what only a programmer understands stays in the log. */
export function failureWords(lastError: string | null): string {
  const [, code, command = ''] = /answered (\d{3})(?: to ([A-Z ]+))?/.exec(lastError ?? '') ?? [];
  if (code) return `The mail server said ${answerWords(code, command.trim())} (${code})`;
  if (lastError?.startsWith('The mail server could not be reached'))
    return 'The mail server could not be reached';
  if (lastError?.startsWith('The mail server') || lastError?.startsWith('The address')) return lastError;
  return 'The fault is on our side; whoever runs this site finds it in the log';
}

function answerWords(code: string, command: string): string {
  if (code.startsWith('4')) return 'to come back later';
  if (code === '552') return 'the mailbox is full';
  if (command === 'RCPT TO' && ['550', '551', '553'].includes(code)) return 'this address does not exist';
  if (command === 'RCPT TO') return 'it takes no mail for this address';
  if (command === 'MAIL FROM') return 'it takes no mail from us';
  return 'no to the message itself';
}
