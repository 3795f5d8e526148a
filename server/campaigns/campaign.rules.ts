import type { CampaignState, SegmentName } from '../contracts/campaign-form.ts';
import type { DeliveryCounts } from '../platform/outbox/count-deliveries.ts';

/** How long before the start the urgent message can be sent. */
const urgentBeforeMs = 24 * 60 * 60_000;

/** Marketing goes to who consented to it; to who has a place goes what is about that place. */
export const purposeOf = ({ segment }: { readonly segment: SegmentName }): 'marketing' | 'service' =>
  segment === 'consented' ? 'marketing' : 'service';

export const segmentOf = (campaign: {
  readonly segment: SegmentName;
  readonly consentId?: string | null;
}) => ({ name: campaign.segment, consentId: campaign.consentId ?? null });

/** "On the day": from a day before the start until nothing is on air any more. */
export const isUrgentTime = (
  event: { readonly status: string; readonly startsAt: Date; readonly endsAt: Date },
  isLive: boolean,
  now: Date,
): boolean =>
  event.status === 'published' &&
  (isLive || (now.getTime() >= event.startsAt.getTime() - urgentBeforeMs && now < event.endsAt));

/** Nobody has missed an event that is not over. */
export const isTooEarly = (segment: SegmentName, sendAt: Date, event: { readonly endsAt: Date }): boolean =>
  segment === 'did-not-attend' && sendAt < event.endsAt;

export type ShownCampaignState = CampaignState | 'sent';

/** A campaign is sent when everybody is addressed and nothing waits any more. */
export const shownCampaignState = (
  campaign: { readonly state: CampaignState; readonly allAddressedAt?: Date | null },
  counts: DeliveryCounts,
): ShownCampaignState =>
  campaign.state === 'sending' && campaign.allAddressedAt && counts.waiting === 0 ? 'sent' : campaign.state;
