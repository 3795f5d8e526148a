import { comparableAddress, type ReceivedMail } from '../platform/mail/parse-received-mail.ts';

/** What a server says about one of our mails (RFC 3464), or a person through theirs (RFC 5965). */
export interface Report {
  readonly kind: 'delivery' | 'complaint';
  /** Of our mail, as its headers came back. */
  readonly messageId: string;
  /** Whom it is about, comparable; none where a complaint leaves that out. */
  readonly recipients: readonly string[];
  /** "5.1.1"; empty for a complaint. */
  readonly status: string;
}

const mostBytes = 64 * 1024;
const returned = [
  'text/rfc822-headers',
  'message/rfc822',
  'message/rfc822-headers',
  'message/global-headers',
];

/** Only what failed for good or was complained about; null for anything else, and for what names no mail. */
export function readReport(mail: Pick<ReceivedMail, 'reportType' | 'parts'>): Report | null {
  const messageId = messageIdOf(mail);
  if (!messageId) return null;
  return mail.reportType === 'feedback-report'
    ? readComplaint(mail, messageId)
    : readFailure(mail, messageId);
}

function readFailure({ parts }: Pick<ReceivedMail, 'parts'>, messageId: string): Report | null {
  const part = parts.find(({ type }) => type === 'message/delivery-status');
  if (!part) return null;
  // The first group is about the message as a whole, each further one about a recipient; ours have one.
  const groups = startOf(part.content)
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf);
  const group = groups.find((fields) => fields.get('action')?.toLowerCase() === 'failed');
  const status = /^[45]\.\d{1,3}\.\d{1,3}/.exec(group?.get('status') ?? '')?.[0];
  if (!group || !status) return null;
  return {
    kind: 'delivery',
    messageId,
    recipients: recipientsIn(group, ['final-recipient', 'original-recipient']),
    status,
  };
}

function readComplaint({ parts }: Pick<ReceivedMail, 'parts'>, messageId: string): Report | null {
  const part = parts.find(({ type }) => type === 'message/feedback-report');
  const fields = fieldsOf(part ? startOf(part.content) : '');
  if (!['abuse', 'fraud', 'virus', 'other'].includes(fields.get('feedback-type')?.toLowerCase() ?? ''))
    return null;
  const recipients = recipientsIn(fields, ['original-rcpt-to', 'removal-recipient']);
  return { kind: 'complaint', messageId, recipients, status: '' };
}

function messageIdOf({ parts }: Pick<ReceivedMail, 'parts'>): string | null {
  const part = parts.find(({ type }) => returned.includes(type));
  const [head = ''] = part
    ? startOf(part.content)
        .trimStart()
        .split(/\r?\n\r?\n/)
    : [];
  return fieldsOf(head).get('message-id') ?? null;
}

const startOf = (content: Buffer): string => content.subarray(0, mostBytes).toString('utf8');

/** The first of each name; folded lines are joined. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** "rfc822; ada@example.org", "<ada@example.org>" */
function recipientsIn(fields: ReadonlyMap<string, string>, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = fields
      .get(name)
      ?.replace(/^[a-z0-9-]+[ \t]*;/i, '')
      .trim()
      .replace(/^<|>$/g, '');
    const address = comparableAddress(value ?? '');
    return address ? [address] : [];
  });
}
