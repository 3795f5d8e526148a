import type { SkipReason } from '../platform/outbox/deliver-skip.ts';

/** Why a mail of a campaign may not leave any more; null when it may. */
export function findCampaignObstacle(_condition: {
  readonly campaignId: string;
}): Promise<SkipReason | null> {
  return Promise.resolve(null);
}
