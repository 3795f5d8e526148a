import type { OutboxMessage } from '../../contracts/outbox-messages.ts';
import type { OutboxOptions, Priority } from '../outbox/add-outbox-messages.ts';

/** A rendered mail. `messageId` is made of ids, the same for every rendering of one change: `confirmed.<uid>.0`. */
export type MailToSend = Omit<Extract<OutboxMessage, { kind: 'mail:ready' }>['payload'], 'writtenAt'>;

export interface MailTiming {
  readonly at: Date;
  /** Mails with the same key leave in the order they were written: the registration's id. */
  readonly orderKey: string | null;
  readonly priority?: Priority;
}

/**
 * The outbox message that sends a rendered mail, for `addOutboxMessages`. One `messageId` is one mail: a second
 * message with it is refused by the outbox.
 */
export function readyMail(
  mail: MailToSend,
  { at, orderKey, priority = 1 }: MailTiming,
): { message: OutboxMessage; options: OutboxOptions } {
  return {
    message: { kind: 'mail:ready', payload: { ...mail, writtenAt: at } },
    options: {
      at,
      priority,
      ...(mail.about ? { scope: `event:${mail.about.eventId}` } : {}),
      paceKey: domainOf(mail.to.address),
      dedupeKey: `mail ${mail.messageId}`,
      // A key apart from that of the message which caused this mail, which may still be in the outbox.
      ...(orderKey === null ? {} : { orderKey: `mail ${orderKey}` }),
    },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
