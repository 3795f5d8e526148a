import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';
import { tellAgendaChanged } from './tell-agenda-changed.ts';

export type CancelEventResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'already-cancelled' | 'is-over' };

/** Calls an event off; the outbox message tells everybody who has a place. */
export async function cancelEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly reason: string },
  deps: Deps,
): Promise<CancelEventResult> {
  const { organiserId, eventId } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:cancel', organiserId);
    if (event.status === 'cancelled') return { ok: false, reason: 'already-cancelled' };
    if (event.endsAt <= now) return { ok: false, reason: 'is-over' };
    await EventModel.updateOne(
      { _id: eventId, status: event.status },
      {
        $set: { status: 'cancelled', cancelledAt: now, cancellationReason: input.reason || null },
        $inc: { revision: 1 },
      },
    );
    await addOutboxMessages([
      {
        message: { kind: 'event:cancelled', payload: { eventId } },
        options: { at: now, dedupeKey: `event:cancelled:${eventId}` },
      },
      // At once, like everybody's: nothing is left to gather.
      {
        message: { kind: 'speakers:invites-due', payload: { eventId } },
        options: { at: now, orderKey: `speakers ${eventId}` },
      },
    ]);
    if (event.publishedAt) await tellAgendaChanged(eventId, now);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:cancelled',
      subject: { noun: 'event', id: eventId },
    });
    return { ok: true };
  });
}
