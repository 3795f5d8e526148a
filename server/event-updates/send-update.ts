import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { EventUpdateModel } from './event-update.model.ts';
import { planUpdate } from './plan-update.ts';

/**
 * The time to tell has come: everything up to now goes to everybody who has not been told it. The write that ends
 * the waiting decides, so of two messages for one waiting the second does nothing. Call inside a transaction.
 */
export async function sendUpdate(
  { eventId, version }: OutboxPayload<'event:update-due'>,
  deps: Pick<Deps, 'clock' | 'config'>,
): Promise<void> {
  const now = deps.clock.now();
  // A change may be stored whose own message comes later: it either puts this off or goes with it.
  const update = await planUpdate(eventId, deps);
  if (!update?.dueAt || update.version !== version || update.dueAt > now) return;
  const { toldVersion, organiserId } = await getEvent(eventId);
  const ended = await EventUpdateModel.updateOne(
    { _id: eventId, version, dueAt: update.dueAt },
    { $set: { sentVersion: toldVersion, dueAt: null, firstChangedAt: null } },
  );
  if (ended.matchedCount === 0) return;
  await addOutboxMessages([
    {
      message: { kind: 'event:updated', payload: { eventId, version: toldVersion } },
      options: { at: now, dedupeKey: `event:updated:${eventId}:${toldVersion}` },
    },
  ]);
  await recordAuditEntry(
    { kind: 'system', name: 'event-updates' },
    {
      at: now,
      organiserId,
      action: 'event:update-sent',
      subject: { noun: 'event', id: eventId },
      changes: { version: toldVersion },
    },
  );
}
