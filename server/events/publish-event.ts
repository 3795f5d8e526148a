import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';
import { tellSpeakersChanged } from './tell-speakers-changed.ts';

export type PublishEventResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'not-a-draft' | 'is-over' | 'no-summary' };

/** Puts a draft on the calendar. */
export async function publishEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string },
  deps: Deps,
): Promise<PublishEventResult> {
  const { organiserId, eventId } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:publish', organiserId);
    if (event.status !== 'draft') return { ok: false, reason: 'not-a-draft' };
    if (event.endsAt <= now) return { ok: false, reason: 'is-over' };
    if (event.summary === '') return { ok: false, reason: 'no-summary' };
    await EventModel.updateOne(
      { _id: eventId, status: 'draft' },
      { $set: { status: 'published', publishedAt: now }, $inc: { revision: 1 } },
    );
    // What invites say from now on is written down, so that a later change can be told by the difference.
    await addOutboxMessages([
      { message: { kind: 'event:changed', payload: { eventId } }, options: { at: now } },
    ]);
    await tellSpeakersChanged([eventId], now);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:published',
      subject: { noun: 'event', id: eventId },
    });
    return { ok: true };
  });
}
