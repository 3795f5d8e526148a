import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { scheduleSpeakerInvites } from '../calendar-invites/schedule-speaker-invites.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { EventUpdateModel } from './event-update.model.ts';
import { planUpdate } from './plan-update.ts';

export type SendUpdateNowResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'edited-meanwhile' | 'nothing-waits' };

/** Tells everybody at once what waits to be told, if it is still what the organiser was looking at. */
export async function sendUpdateNow(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly version: number },
  deps: Deps,
): Promise<SendUpdateNowResult> {
  const { organiserId, eventId } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:edit', organiserId);
    if (event.toldVersion !== input.version) return { ok: false, reason: 'edited-meanwhile' };
    const update = await planUpdate(eventId, deps);
    if (!update?.dueAt) return { ok: false, reason: 'nothing-waits' };
    // Pressed a second time, or due already.
    if (update.dueAt <= now) return { ok: true };
    const { version } = update;
    await EventUpdateModel.updateOne(
      { _id: eventId, version, dueAt: update.dueAt },
      { $set: { dueAt: now } },
    );
    await addOutboxMessages([
      {
        message: { kind: 'event:update-due', payload: { eventId, version } },
        options: { at: now, dedupeKey: `event:update-due:${eventId}:${version}:now` },
      },
    ]);
    await scheduleSpeakerInvites(eventId, now, now);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:update-hastened',
      subject: { noun: 'event', id: eventId },
      changes: { version: event.toldVersion },
    });
    return { ok: true };
  });
}
