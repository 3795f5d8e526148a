import { trusted, type QueryFilter } from 'mongoose';
import { OutboxEntryModel, type OutboxEntry } from './outbox-entry.ts';
import { skipReasons, type SkipReason } from './deliver-skip.ts';

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

// As the indexes want it; the second word for word as in a partial one, or every message would be read.
const setAside = { skipped: trusted({ $in: [...skipReasons] }) };
const bounced = { 'bounce.at': trusted({ $gt: new Date(0) }) };
const byStanding: Readonly<Record<MailStanding, QueryFilter<OutboxEntry>>> = {
  waiting: { state: 'waiting' },
  sent: { state: 'done', skipped: null, bounce: null },
  bounced,
  failed: { state: 'failed' },
  'set-aside': setAside,
};

const bodies = { 'payload.html': 0, 'payload.text': 0, 'payload.invite': 0, 'payload.frame': 0 } as const;

/** One page of the mails of a scope that stand so, the newest first; pages count from 1. Bodies stay where they are. */
export async function listMails(
  scope: string,
  standing: MailStanding | null,
  page: { readonly number: number; readonly size: number },
): Promise<MailRow[]> {
  const found = await OutboxEntryModel.find(
    { kind: 'mail:ready', scope, ...(standing ? byStanding[standing] : {}) },
    bodies,
  )
    .sort(standing === 'bounced' ? { 'bounce.at': -1 } : { createdAt: -1, _id: -1 })
    .skip((page.number - 1) * page.size)
    .limit(page.size)
    .lean();
  return found.map(asRow);
}

/** A count stops here: an event of fifty thousand mails is shown as quickly as one of fifty. */
export const mostCounted = 1_000;

/** How many mails of a scope stand how; `mostCounted` stands for that many or more. */
export async function countMails(scope: string): Promise<Record<MailStanding, number>> {
  // Reading ids stops at the limit; counting would go through every one.
  const count = async (standing: MailStanding) =>
    (
      await OutboxEntryModel.find({ kind: 'mail:ready', scope, ...byStanding[standing] }, { _id: 1 })
        .limit(mostCounted)
        .lean()
    ).length;
  const counted = await Promise.all(mailStandings.map(async (one) => [one, await count(one)] as const));
  return Object.fromEntries(counted) as Record<MailStanding, number>;
}

/**
 * The mails of a scope to addresses that begin so (lower case), the newest first, at most `mostCounted`. How they
 * stand is for the caller to sort out: asked of the store too, it would leave the index of addresses.
 */
export async function searchMails(scope: string, address: string): Promise<MailRow[]> {
  const found = await OutboxEntryModel.find(
    { kind: 'mail:ready', scope, 'payload.to.address': trusted({ $gte: address, $lt: `${address}\uffff` }) },
    bodies,
  )
    .limit(mostCounted)
    .lean();
  return found.map(asRow).sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
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
