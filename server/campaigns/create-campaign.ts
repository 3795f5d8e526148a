import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { CampaignContent } from '../contracts/campaign-form.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { CampaignModel } from './campaign.model.ts';

export interface EventScope {
  readonly organiserId: string;
  readonly eventId: string;
}
export type CreateCampaignResult =
  | { readonly ok: true; readonly campaignId: string }
  | { readonly ok: false; readonly reason: 'no-such-consent' };

/** Writes a draft. The same form sent again finds it there. */
export async function createCampaign(
  actor: Actor,
  input: EventScope & { readonly attempt: string; readonly content: CampaignContent },
  deps: Deps,
): Promise<CreateCampaignResult> {
  const { organiserId, eventId, attempt: _id, content } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'message:send', organiserId);
    if (!isOffered(content, event)) return { ok: false, reason: 'no-such-consent' };
    const written = await CampaignModel.updateOne(
      { _id },
      { $setOnInsert: { organiserId, eventId, ...storedContent(content), state: 'draft', createdAt: now } },
      { upsert: true, setDefaultsOnInsert: true },
    );
    if (written.upsertedCount > 0)
      await recordAuditEntry(actor, {
        at: now,
        organiserId,
        action: 'campaign:created',
        subject: { noun: 'campaign', id: _id },
        changes: { eventId, segment: content.segment },
      });
    return { ok: true, campaignId: _id };
  });
}

export const storedContent = ({ subject, message, segment, consent }: CampaignContent) => ({
  subject,
  message,
  segment,
  consentId: segment === 'consented' ? consent : null,
});

/** Only purposes that the event asks about: a made-up one would reach nobody, and say otherwise. */
export const isOffered = (
  { segment, consent }: CampaignContent,
  event: { readonly consents: readonly { readonly id: string }[] },
): boolean => segment !== 'consented' || event.consents.some(({ id }) => id === consent);
