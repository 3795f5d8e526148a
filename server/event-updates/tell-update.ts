import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { tellEventUpdated } from '../registrations/tell-event-updated.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listVersionsAlike } from './event-update.queries.ts';
import { fingerprintOf, isTold, toldEventOf } from './told-event.rules.ts';

/** One page of the people who are to be told, and the message for the next page. Call inside a transaction. */
export async function tellUpdate(
  { eventId, version, afterId = '' }: OutboxPayload<'event:updated'>,
  deps: Pick<Deps, 'clock'>,
): Promise<void> {
  const now = deps.clock.now();
  const event = await getEvent(eventId);
  // Cancelled meanwhile: that is told by a mail of its own.
  if (!isTold(event, now)) return;
  const fingerprint = fingerprintOf(toldEventOf(event, await listSessionsOfEvent(eventId)));
  const alike = await listVersionsAlike(eventId, fingerprint);
  const lastId = await tellEventUpdated(
    { eventId, version, afterId, current: event.toldVersion, alike },
    now,
  );
  if (lastId === null) return;
  await addOutboxMessages([
    {
      message: { kind: 'event:updated', payload: { eventId, version, afterId: lastId } },
      options: { at: now, dedupeKey: `event:updated:${eventId}:${version}:${lastId}` },
    },
  ]);
}
