import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { CampaignContent } from '../contracts/campaign-form.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { CampaignModel, type Campaign } from './campaign.model.ts';
import { getCampaignOfEvent } from './campaign.queries.ts';
import { isOffered, storedContent, type EventScope } from './create-campaign.ts';

export type EditCampaignResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-consent' }
  /** Saved by somebody else, or not a draft any more; `campaign` is what it is now. */
  | {
      readonly ok: false;
      readonly reason: 'edited-meanwhile' | 'not-a-draft';
      readonly campaign: Campaign;
    };

/** Saves a draft, if nobody saved another one since its form was opened. */
export async function editCampaign(
  actor: Actor,
  input: EventScope & {
    readonly campaignId: string;
    readonly revision: number;
    readonly content: CampaignContent;
  },
  deps: Deps,
): Promise<EditCampaignResult> {
  const { organiserId, eventId, campaignId, revision, content } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'message:send', organiserId);
    if (!isOffered(content, event)) return { ok: false, reason: 'no-such-consent' };
    const written = await CampaignModel.updateOne(
      { _id: campaignId, organiserId, eventId, state: 'draft', revision },
      { $set: storedContent(content), $inc: { revision: 1 } },
    );
    if (written.matchedCount === 0) {
      const campaign = await getCampaignOfEvent(input, campaignId);
      const reason = campaign.state === 'draft' ? 'edited-meanwhile' : 'not-a-draft';
      return { ok: false, reason, campaign };
    }
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'campaign:edited',
      subject: { noun: 'campaign', id: campaignId },
    });
    return { ok: true };
  });
}
