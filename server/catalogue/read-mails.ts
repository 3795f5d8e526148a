import {
  countMails,
  listMails,
  mailStandings,
  searchMails,
  type MailRow,
  type MailSearch,
  type MailStanding,
} from '../platform/outbox/list-mails.ts';

/** One page of an event's mails with how many stand how, of all or of what a search finds. */
export async function readMails(
  scope: string,
  { standing, address }: MailSearch,
  { number, size }: { readonly number: number; readonly size: number },
): Promise<{ mails: MailRow[]; counts: Record<MailStanding, number>; hasMore: boolean }> {
  if (!address) {
    const [mails, counts] = await Promise.all([
      listMails(scope, standing, { number, size }),
      countMails(scope),
    ]);
    const [oneMore] = await listMails(scope, standing, { number: number * size + 1, size: 1 });
    return { mails, counts, hasMore: oneMore !== undefined };
  }
  const found = await searchMails(scope, address);
  const counts = Object.fromEntries(
    mailStandings.map((one) => [one, found.filter((mail) => mail.standing === one).length]),
  ) as Record<MailStanding, number>;
  const fitting = standing ? found.filter((mail) => mail.standing === standing) : found;
  const end = number * size;
  return { mails: fitting.slice(end - size, end), counts, hasMore: fitting.length > end };
}
