import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import type { ImapMailbox } from '../platform/mail/open-imap-mailbox.ts';
import { InboundMailModel } from './inbound-mail.model.ts';
import { isForAPerson, largestMailBytes } from './inbound-mail.rules.ts';
import { receiveMail } from './receive-mail.ts';

/** So that one turn ends, whatever piled up; the next takes more. */
const mostAtOnce = 200;

/**
 * Takes new mail from the mailbox. A mail is stored first and marked as read at a later turn, once it was read here,
 * so that a crash in between loses nothing and counts nothing twice. What a person should see stays unread.
 */
export async function readMailbox(mailbox: ImapMailbox, deps: Deps): Promise<void> {
  await mailbox.use(async (open) => {
    const unread = await open.listUnread();
    const known = await InboundMailModel.find(
      { mailboxKeys: trusted({ $in: unread.map(({ key }) => key) }) },
      { state: 1, reason: 1, mailboxKeys: 1 },
    ).lean();
    const finished = known.filter(
      ({ state, reason }) => state !== 'received' && !(reason && isForAPerson(reason)),
    );
    const finishedKeys = new Set(finished.flatMap(({ mailboxKeys }) => mailboxKeys));
    await open.markRead(unread.filter(({ key }) => finishedKeys.has(key)).map(({ uid }) => uid));

    const knownKeys = new Set(known.flatMap(({ mailboxKeys }) => mailboxKeys));
    const fresh = unread.filter(({ key }) => !knownKeys.has(key)).slice(0, mostAtOnce);
    for (const { uid, key, size } of await open.measure(fresh)) {
      // By its size alone: it is not even fetched.
      if (size > largestMailBytes) await noteTooLarge(key, deps);
      else {
        const raw = await open.fetch(uid);
        if (raw) await takeMail(raw, key, deps);
      }
    }
  });
}

async function takeMail(raw: Buffer, mailboxKey: string, deps: Deps): Promise<void> {
  const received = await receiveMail({ raw, mailboxKey }, deps);
  if (!received.ok) await noteTooLarge(mailboxKey, deps);
}

async function noteTooLarge(mailboxKey: string, { clock }: Deps): Promise<void> {
  const at = clock.now();
  await InboundMailModel.updateOne(
    { _id: `too-large ${mailboxKey}` },
    {
      $setOnInsert: {
        raw: null,
        mailboxKeys: [mailboxKey],
        state: 'ignored',
        reason: 'too-large',
        softBounceOf: null,
        receivedAt: at,
        readAt: at,
      },
    },
    { upsert: true },
  );
}
