import { listHolders } from '../registrations/people.queries.ts';
import { listSuppressed, type SuppressedAddress } from '../suppressions/suppression.queries.ts';
import { shortMoment } from './console-event.rules.ts';
import { bounceWords } from './mail-words.rules.ts';

/** Addresses looked up in one read. */
const batch = 1_000;
/** The most that one page shows. */
const mostShown = 200;

/** Who has a place at an event and is not written to, with the reason in words. */
export async function readSuppressed(
  event: { readonly _id: string; readonly organiserId: string; readonly zone: string },
  mayAllow: boolean,
) {
  const holders = new Map((await listHolders(event._id)).map((person) => [person.email, person]));
  const emails = [...holders.keys()];
  const found: SuppressedAddress[] = [];
  for (let from = 0; from < emails.length; from += batch)
    found.push(...(await listSuppressed(event.organiserId, emails.slice(from, from + batch))));
  found.sort((one, other) => other.at.getTime() - one.at.getTime());
  const people = found.slice(0, mostShown).flatMap(({ kind, email, detail, at }) => {
    const person = holders.get(email);
    if (!person) return [];
    return {
      registrationId: person.registrationId,
      name: person.name,
      email,
      kind,
      reason: reasonOf(kind, detail),
      since: shortMoment(at, event.zone),
      canAllow: mayAllow && kind === 'undeliverable',
    };
  });
  return { people, left: Math.max(0, found.length - mostShown) };
}

function reasonOf(kind: SuppressedAddress['kind'], detail: string): string {
  switch (kind) {
    case 'undeliverable':
      return `Mail came back: ${bounceWords(detail)}`;
    case 'complaint':
      return 'Reported a mail as spam. Only they can take that back';
    case 'unsubscribed':
      return 'Wants no news from you. Mail about their place still goes';
  }
}
