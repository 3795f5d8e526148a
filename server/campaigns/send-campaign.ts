import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { countSegment } from '../registrations/segment.queries.ts';
import { CampaignModel } from './campaign.model.ts';
import { getCampaignOfEvent } from './campaign.queries.ts';
import { isTooEarly, segmentOf } from './campaign.rules.ts';
import type { EventScope } from './create-campaign.ts';

export type SendCampaignResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'nobody' | 'too-early' | 'in-the-past' | 'edited-meanwhile' | 'not-a-draft';
    }
  /** `count` is how many it would go to now. */
  | { readonly ok: false; readonly reason: 'count-changed'; readonly count: number };

/**
 * Sends a draft now or at `sendAt`, to as many people as its sender was shown. Whoever presses second finds that it
 * is no draft any more.
 */
export async function sendCampaign(
  actor: Actor,
  input: EventScope & {
    readonly campaignId: string;
    readonly revision: number;
    readonly count: number;
    readonly sendAt: Date | null;
  },
  deps: Deps,
): Promise<SendCampaignResult> {
  const { organiserId, eventId, campaignId, revision, sendAt } = input;
  const now = deps.clock.now();
  const campaign = await getCampaignOfEvent(input, campaignId);
  const event = await getEventOfOrganiser(organiserId, eventId);
  requirePermission(actor, 'message:send', organiserId);
  if (campaign.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
  if (campaign.revision !== revision) return { ok: false, reason: 'edited-meanwhile' };
  if (sendAt && sendAt <= now) return { ok: false, reason: 'in-the-past' };
  if (isTooEarly(campaign.segment, sendAt ?? now, event)) return { ok: false, reason: 'too-early' };
  const count = await countSegment(eventId, segmentOf(campaign));
  if (count !== input.count) return { ok: false, reason: 'count-changed', count };
  // A planned message may well be written before anybody registered.
  if (count === 0 && !sendAt) return { ok: false, reason: 'nobody' };

  return deps.transaction(async () => {
    const claimed = await CampaignModel.updateOne(
      { _id: campaignId, state: 'draft', revision },
      {
        $set: {
          state: sendAt ? 'scheduled' : 'sending',
          plannedFor: sendAt,
          people: count,
          confirmedAt: now,
        },
        $inc: { revision: 1 },
      },
    );
    if (claimed.modifiedCount === 0) return { ok: false, reason: 'not-a-draft' };
    await addOutboxMessages([
      {
        message: { kind: 'campaign:due', payload: { campaignId } },
        options: {
          at: now,
          dueAt: sendAt ?? now,
          priority: 2,
          dedupeKey: `campaign:due:${campaignId}:${revision}`,
        },
      },
    ]);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: sendAt ? 'campaign:scheduled' : 'campaign:sent',
      subject: { noun: 'campaign', id: campaignId },
      changes: { people: count, ...(sendAt ? { sendAt: sendAt.toISOString() } : {}) },
    });
    return { ok: true };
  });
}
