import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { countSegment } from '../registrations/segment.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { CampaignModel } from './campaign.model.ts';
import { isUrgentTime } from './campaign.rules.ts';
import type { EventScope } from './create-campaign.ts';

export type SendUrgentResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'not-now' | 'nobody' };

/** Tells everybody who has a place at once, on the day. A second press of the same form sends nothing more. */
export async function sendUrgentMessage(
  actor: Actor,
  input: EventScope & { readonly attempt: string; readonly subject: string; readonly message: string },
  deps: Deps,
): Promise<SendUrgentResult> {
  const { organiserId, eventId, attempt: _id, subject, message } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'message:urgent', organiserId);
    const isLive = shownEventState(event, await listSessionsOfEvent(eventId), now) === 'live';
    if (!isUrgentTime(event, isLive, now)) return { ok: false, reason: 'not-now' };
    const people = await countSegment(eventId, { name: 'registered', consentId: null });
    if (people === 0) return { ok: false, reason: 'nobody' };
    const fields = { organiserId, eventId, subject, message, people, isUrgent: true, createdAt: now };
    const written = await CampaignModel.updateOne(
      { _id },
      { $setOnInsert: { ...fields, segment: 'registered', state: 'sending' } },
      { upsert: true, setDefaultsOnInsert: true },
    );
    if (written.upsertedCount === 0) return { ok: true };
    await addOutboxMessages([
      {
        message: { kind: 'campaign:due', payload: { campaignId: _id } },
        options: { at: now, priority: 0, dedupeKey: `campaign:due:${_id}` },
      },
    ]);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'campaign:urgent-sent',
      subject: { noun: 'campaign', id: _id },
      changes: { eventId, people },
    });
    return { ok: true };
  });
}
