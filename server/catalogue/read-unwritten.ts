import { listUnwritten, type UnwrittenMessage } from '../platform/outbox/retry-messages.ts';
import { listPeopleByIds, type Person } from '../registrations/people.queries.ts';

/** What of one event was given up before a mail was made of it, and whom it was for. */
export async function readUnwritten(
  eventId: string,
): Promise<(UnwrittenMessage & { readonly person: Person | null })[]> {
  const all = await listUnwritten();
  const ids = all.flatMap(({ registrationId }) => registrationId ?? []);
  const people = new Map(
    (await listPeopleByIds(eventId, ids)).map((person) => [person.registrationId, person]),
  );
  return all.flatMap((message) => {
    const person = people.get(message.registrationId ?? '') ?? null;
    return person || message.eventId === eventId ? [{ ...message, person }] : [];
  });
}
