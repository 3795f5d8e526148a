import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { CampaignModel } from './campaign.model.ts';
import { getCampaignOfEvent } from './campaign.queries.ts';
import type { EventScope } from './create-campaign.ts';

/** What stopping it did: a planned one is a draft again, of one on its way the rest is held back. */
export type StopCampaignResult =
  | { readonly ok: true; readonly became: 'draft' | 'stopped' }
  | { readonly ok: false; readonly reason: 'not-under-way' };

export async function stopCampaign(
  actor: Actor,
  input: EventScope & { readonly campaignId: string },
  deps: Deps,
): Promise<StopCampaignResult> {
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const { _id, organiserId } = await getCampaignOfEvent(input, input.campaignId);
    requirePermission(actor, 'message:send', organiserId);
    const became = await hold(_id, now);
    if (!became) return { ok: false, reason: 'not-under-way' };
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'campaign:stopped',
      subject: { noun: 'campaign', id: _id },
      changes: { state: became },
    });
    return { ok: true, became };
  });
}

async function hold(_id: string, now: Date): Promise<'draft' | 'stopped' | null> {
  const unplanned = await CampaignModel.updateOne(
    { _id, state: 'scheduled' },
    { $set: { state: 'draft', plannedFor: null, people: null }, $inc: { revision: 1 } },
  );
  if (unplanned.modifiedCount > 0) return 'draft';
  const stopped = await CampaignModel.updateOne(
    { _id, state: 'sending' },
    { $set: { state: 'stopped', stoppedAt: now }, $inc: { revision: 1 } },
  );
  return stopped.modifiedCount > 0 ? 'stopped' : null;
}
