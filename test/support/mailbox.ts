import { until } from './until.ts';

export interface ReadMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly ics: string | null;
  readonly messageId: string;
}

/** What the product captured, the oldest first. */
export async function readMailbox(origin: string): Promise<ReadMail[]> {
  const response = await fetch(`${origin}/dev/mailbox.json`);
  return ((await response.json()) as ReadMail[]).reverse();
}

/** Waits until that many mails went to an address, and returns them, the oldest first. */
export async function mailsTo(origin: string, address: string, count: number): Promise<ReadMail[]> {
  return until(`${count} mails to one address`, async () => {
    const mails = (await readMailbox(origin)).filter(({ to }) => to === address);
    return mails.length >= count ? mails : null;
  });
}
