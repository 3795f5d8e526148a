import {
  mailStandings,
  mostCounted,
  type MailRow,
  type MailSearch,
  type MailStanding,
} from '../platform/outbox/list-mails.ts';
import type { UnwrittenMessage } from '../platform/outbox/retry-messages.ts';
import { shortMoment } from './console-event.rules.ts';
import { failureWords, mailKind, mailState, type MailTone } from './mail-words.rules.ts';

/** What the address of the page asks for; whatever makes no sense is everything, from the first page. */
export function readMailSearch(query: Readonly<Record<string, unknown>>): MailSearch & { page: number } {
  const standing = mailStandings.find((one) => one === query.state) ?? null;
  const address = typeof query.address === 'string' ? query.address.trim().toLowerCase().slice(0, 254) : '';
  const page = typeof query.page === 'string' && /^[1-9]\d{0,2}$/.test(query.page) ? Number(query.page) : 1;
  return { standing, address: address.toWellFormed(), page };
}

export function mailPath(eventPath: string, { standing, address }: MailSearch, page = 1): string {
  const query = new URLSearchParams({
    ...(standing ? { state: standing } : {}),
    ...(address ? { address } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString();
  return `${eventPath}/mail${query && `?${query}`}`;
}

const names: Readonly<Record<MailStanding, string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  bounced: 'Came back',
  failed: 'Failed',
  'set-aside': 'Not sent',
};

/** "3", "1,000+"; null for none. */
export function countWords(count: number): string | null {
  if (count === 0) return null;
  return Math.min(count, mostCounted).toLocaleString('en-GB') + (count >= mostCounted ? '+' : '');
}

export function mailFilters(
  eventPath: string,
  { standing: current, address }: MailSearch,
  counts: Readonly<Record<MailStanding, number>>,
) {
  const all = Object.values(counts).reduce((sum, count) => sum + count);
  const link = (standing: MailStanding | null, text: string, count: number) => ({
    text,
    count: countWords(count) ?? '0',
    path: mailPath(eventPath, { standing, address }),
    isCurrent: standing === current,
  });
  return [
    link(null, 'All', all),
    ...mailStandings.map((standing) => link(standing, names[standing], counts[standing])),
  ];
}

interface ShownRow {
  readonly id: string;
  readonly written: string;
  readonly name: string;
  readonly address: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: string;
  readonly tone: MailTone;
  readonly tries: number;
  readonly canRetry: boolean;
}

export function asMailRow(mail: MailRow, now: Date, zone: string, mayRetry: boolean): ShownRow {
  const { text: state, tone } = mailState(mail, now, zone);
  return {
    id: mail.id,
    written: shortMoment(mail.createdAt, zone),
    name: mail.to.name,
    address: mail.to.address,
    kind: mailKind(mail.messageId),
    subject: mail.subject,
    state,
    tone,
    tries: mail.tries,
    canRetry: mayRetry && mail.standing === 'failed',
  };
}

/** A message that was given up before there was a mail with a subject. */
export function asUnwrittenRow(
  message: UnwrittenMessage & { readonly person: { readonly name: string; readonly email: string } | null },
  zone: string,
  mayRetry: boolean,
): ShownRow {
  return {
    id: message.id,
    written: shortMoment(message.at, zone),
    name: message.person?.name ?? 'Everybody it concerns',
    address: message.person?.email ?? '',
    kind: mailKind(message.kind),
    subject: 'Not written yet',
    state: `Given up before the mail was written. ${failureWords(message.lastError)}`,
    tone: 'bad',
    tries: message.tries,
    canRetry: mayRetry,
  };
}
