import { trusted, type QueryFilter } from 'mongoose';
import { OutboxEntryModel, type OutboxEntry } from './outbox-entry.ts';
import type { SkipReason } from './deliver-skip.ts';

/** How a mail stands, as a person would say it. */
export const mailStandings = ['waiting', 'sent', 'bounced', 'failed', 'set-aside'] as const;
export type MailStanding = (typeof mailStandings)[number];

export interface MailRow {
  readonly id: string;
  /** What comes before the `@` of the Message-ID; its first part says what kind of mail it is. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly standing: MailStanding;
  readonly tries: number;
  readonly skipped: SkipReason | null;
  readonly bounceStatus: string | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
}

export interface MailSearch {
  readonly standing: MailStanding | null;
  /** How the recipient's address begins, in lower case; '' for everybody. */
  readonly address: string;
}

// Word for word as in the partial indexes: a store that plans by words would read every message otherwise.
const setAside = { skipped: trusted({ $type: 'string' }) };
const bounced = { 'bounce.at': trusted({ $gt: new Date(0) }) };
const byStanding: Readonly<Record<MailStanding, QueryFilter<OutboxEntry>>> = {
  waiting: { state: 'waiting' },
  sent: { state: 'done', skipped: null, bounce: null },
  bounced,
  failed: { state: 'failed' },
  'set-aside': setAside,
};

/** One page of the mails of a scope, the newest first; pages count from 1. Bodies stay where they are. */
export async function listMails(
  scope: string,
  { standing, address }: MailSearch,
  page: { readonly number: number; readonly size: number },
): Promise<MailRow[]> {
  const found = await OutboxEntryModel.find(
    { ...mailsOf(scope, address), ...(standing ? byStanding[standing] : {}) },
    { 'payload.html': 0, 'payload.text': 0, 'payload.invite': 0 },
  )
    .sort({ createdAt: -1, _id: 1 })
    .skip((page.number - 1) * page.size)
    .limit(page.size)
    .lean();
  return found.map(asRow);
}

/** How many mails of a scope stand how, of those to addresses that begin so. */
export async function countMails(scope: string, address = ''): Promise<Record<MailStanding, number>> {
  const count = (filter: QueryFilter<OutboxEntry>) =>
    OutboxEntryModel.countDocuments({ ...mailsOf(scope, address), ...filter });
  const [waiting, failed, done, skippedOnes, bouncedOnes] = await Promise.all([
    count({ state: 'waiting' }),
    count({ state: 'failed' }),
    count({ state: 'done' }),
    count(setAside),
    count(bounced),
  ]);
  // By subtraction, because "neither set aside nor bounced" is in no index.
  return {
    waiting,
    sent: Math.max(0, done - skippedOnes - bouncedOnes),
    bounced: bouncedOnes,
    failed,
    'set-aside': skippedOnes,
  };
}

function mailsOf(scope: string, address: string): QueryFilter<OutboxEntry> {
  return {
    kind: 'mail:ready',
    scope,
    ...(address && { 'payload.to.address': trusted({ $gte: address, $lt: `${address}\uffff` }) }),
  };
}

type Lean = Omit<OutboxEntry, 'payload'> & { readonly _id: string; readonly payload?: unknown };

function asRow(entry: Lean): MailRow {
  const { messageId, to, subject } = entry.payload as Pick<MailRow, 'messageId' | 'to' | 'subject'>;
  const isBounced = entry.bounce != null;
  return {
    id: entry._id,
    messageId,
    to,
    subject,
    standing: entry.skipped
      ? 'set-aside'
      : isBounced
        ? 'bounced'
        : entry.state === 'done'
          ? 'sent'
          : entry.state,
    tries: entry.attempts,
    skipped: entry.skipped ?? null,
    bounceStatus: entry.bounce?.status ?? null,
    lastError: entry.lastError ?? null,
    createdAt: entry.createdAt,
    dueAt: entry.dueAt,
    doneAt: entry.doneAt ?? null,
  };
}
